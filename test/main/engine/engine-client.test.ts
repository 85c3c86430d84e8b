import { join } from 'node:path';
import { afterEach, expect, test } from 'vitest';
import { EngineClient } from '../../../src/main/engine/engine-client.js';

const module = join(import.meta.dirname, '../../../out/main/engine/engine-process.js');
let client: EngineClient;

afterEach(() => client.close());

test('a message that is none is refused, and the engine lives on', async () => {
  client = new EngineClient(undefined, { module });
  const { pid } = client;
  await expect(client.picture('x'.repeat(201))).rejects.toThrow(/message of the host/);
  expect(await client.request('listJobs', {})).toEqual([]);
  expect(client.pid).toBe(pid);
});

test('jobs of two engines have different ids', async () => {
  client = new EngineClient(undefined, { module });
  const scan = async () => {
    await client.grant(import.meta.dirname, { passing: true });
    return client.request('startJob', { kind: 'scan', parameters: { folder: import.meta.dirname } });
  };
  const first = await scan();
  await client.close();
  client = new EngineClient(undefined, { module });
  expect((await scan()).id).not.toBe(first.id);
});

test('an engine that speaks nonsense is given up, and its host lives on', async () => {
  client = new EngineClient(undefined, { module: join(import.meta.dirname, 'babbling-engine.mjs') });
  const state = new Promise((resolve) => client.watch((now) => now.state === 'failed' && resolve(now)));
  expect(await state).toMatchObject({ state: 'failed', message: expect.stringContaining('SIGKILL') });
});

test('an engine that the system refuses to start again is told, and can be restarted', async () => {
  client = new EngineClient(undefined, { module });
  await client.request('listJobs', {});
  const failed = new Promise((resolve) => client.watch((now) => now.state === 'failed' && resolve(now)));
  // The system takes no environment entry of this size: the fork throws.
  process.env.CHROMABENCH_TOO_LARGE = 'x'.repeat(4_000_000);
  try {
    process.kill(client.pid as number, 'SIGKILL');
    expect(await failed).toMatchObject({ message: expect.stringMatching(/could not be started \(.*E2BIG/) });
  } finally {
    delete process.env.CHROMABENCH_TOO_LARGE;
  }
  client.restart();
  expect(await client.request('listJobs', {})).toEqual([]);
});

test('a Node that cannot be started fails the engine, and nothing waits for it', async () => {
  client = new EngineClient(undefined, { module, node: join(import.meta.dirname, 'no-such-node') });
  const state = new Promise((resolve) => client.watch((now) => now.state === 'failed' && resolve(now)));
  await expect(client.request('listJobs', {})).rejects.toThrow(/engine/i);
  expect(await state).toMatchObject({ state: 'failed', message: expect.stringContaining('ENOENT') });
  await client.close();
});
