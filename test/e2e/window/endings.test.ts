/** Whatever ends first, no process stays behind; an engine that dies comes back. */
import { afterEach, expect, test } from 'vitest';
import { descendants, isAlive, opened, ServedWindow } from './served-window.js';

let served: ServedWindow;

afterEach(async () => {
  await served.stop('SIGKILL');
  served.remove();
});

async function gone(pids: readonly number[], withinMs: number): Promise<boolean> {
  for (const end = Date.now() + withinMs; Date.now() < end; await new Promise((resolve) => setTimeout(resolve, 200))) {
    if (!pids.some(isAlive)) return true;
  }
  return false;
}

test.runIf(process.platform === 'linux')('Ctrl+C ends the engine with it', async () => {
  served = await ServedWindow.start();
  const below = descendants(served.pid);
  expect(below.length).toBeGreaterThan(0);
  expect(await served.stop('SIGINT')).toBe(0);
  expect(await gone(below, 5_000)).toBe(true);
});

test.runIf(process.platform === 'linux')('a killed host takes its engine along', async () => {
  served = await ServedWindow.start();
  const below = descendants(served.pid);
  await served.stop('SIGKILL');
  expect(await gone(below, 30_000)).toBe(true);
});

test.runIf(process.platform === 'linux')('a killed engine comes back, and the window is told', async () => {
  served = await ServedWindow.start();
  const socket = await served.socket();
  await opened(socket);
  const told = new Promise<{ message: string; generation: number }>((resolve) => {
    socket.on('message', (data) => {
      const { type, engine } = JSON.parse(String(data)) as { type: string; engine?: { message?: string; generation: number } };
      if (type === 'engine' && engine?.message) resolve(engine as { message: string; generation: number });
    });
  });
  process.kill(descendants(served.pid)[0], 'SIGKILL');
  const { message, generation } = await told;
  expect(message).toMatch(/^The engine was killed from outside/);
  expect(generation).toBe(1);
  expect(await served.isWell()).toBe(true);
  socket.terminate();
});
