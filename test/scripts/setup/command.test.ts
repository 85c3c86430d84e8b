import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { readFileSync } from 'node:fs';
import { chmod, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { delimiter, join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { expect, test } from 'vitest';
import { findProgram, run, tellingLine } from '../../../scripts/setup/command.mjs';

const node = process.execPath;
const commands = new URL('../../../scripts/setup/command.mjs', import.meta.url).href;

test('exit code and both streams of a program are kept', async () => {
  const outcome = await run(node, ['-e', 'console.log("out"); console.error("err"); process.exitCode = 3']);
  expect(outcome).toMatchObject({ code: 3, signal: null, late: false });
  expect(outcome.output).toContain('out');
  expect(outcome.output).toContain('err');
});

test('a crash is told by its signal', async () => {
  expect(await run(node, ['-e', 'process.kill(process.pid, "SIGSEGV")'])).toMatchObject({ code: null, signal: 'SIGSEGV' });
});

test('the time limit ends the program and what it started', async () => {
  const script = 'const c = require("child_process").spawn(process.execPath, ["-e", "setInterval(() => {}, 1e3)"]); console.log(c.pid); setInterval(() => {}, 1e3)';
  const { late, output } = await run(node, ['-e', script], { limitSeconds: 1.5 });
  expect(late).toBe(true);
  await sleep(200);
  expect(isRunning(Number(output))).toBe(false);
});

function isRunning(pid: number): boolean {
  try {
    process.kill(pid, 0);
  } catch {
    return false;
  }
  // A process that nobody waited for yet still has its number.
  return !isZombie(pid);
}

function isZombie(pid: number): boolean {
  try {
    return /^State:\s+Z/m.test(readFileSync(`/proc/${pid}/status`, 'utf8'));
  } catch {
    return false;
  }
}

test('a program that stands in front gets the signals and gives its exit code', async () => {
  const inFront = 'process.on("SIGTERM", () => process.exit(7)); console.log("ready"); setInterval(() => {}, 1e3)';
  const script = `import { standAside } from ${JSON.stringify(commands)}; process.exit(await standAside(process.execPath, ["-e", ${JSON.stringify(inFront)}]));`;
  const child = spawn(node, ['--input-type=module', '-e', script], { stdio: ['ignore', 'pipe', 'inherit'] });
  await once(child.stdout, 'data');
  child.kill('SIGTERM');
  expect(await once(child, 'close')).toEqual([7, null]);
});

test.each([
  ['ends in order', 'process.on("SIGTERM", () => setTimeout(() => { console.log("tidied"); process.exit(0); }, 200));', 'tidied'],
  ['does not listen', 'process.on("SIGTERM", () => {});', ''],
])('a signal ends the program in the open with the one that started it: one that %s', async (_, onSignal, lastWords) => {
  const scratch = new URL('../../../scripts/setup/scratch.mjs', import.meta.url).href;
  const inTheOpen = `${onSignal} console.log(process.pid); setInterval(() => {}, 1e3)`;
  const script = `import { runInTheOpen } from ${JSON.stringify(commands)}; import { tidyOnSignals } from ${JSON.stringify(scratch)};
    tidyOnSignals(); await runInTheOpen(process.execPath, ["-e", ${JSON.stringify(inTheOpen)}]);`;
  const child = spawn(node, ['--input-type=module', '-e', script], { stdio: ['ignore', 'pipe', 'inherit'] });
  const pid = Number(String((await once(child.stdout, 'data'))[0]));
  let said = '';
  child.stdout.on('data', (chunk: Buffer) => (said += chunk));
  child.kill('SIGTERM');
  expect(await once(child, 'close')).toEqual([143, null]);
  expect(said.trim()).toBe(lastWords);
  expect(isRunning(pid)).toBe(false);
});

test('a program that does not exist is a fault', async () => {
  await expect(run('/nowhere/compiler', [])).rejects.toThrow('ENOENT');
});

test('programs are found by order of name, then of folder; files that cannot be run are not programs', async () => {
  const folder = await mkdtemp(join(tmpdir(), 'chromabench-path-'));
  const PATH = ['/nowhere', folder].join(delimiter);
  await writeFile(join(folder, 'c++'), '');
  expect(findProgram(['c++'], { PATH })).toBeUndefined();
  await chmod(join(folder, 'c++'), 0o755);
  expect(findProgram(['g++', 'c++'], { PATH })).toBe(join(folder, 'c++'));
  await rm(folder, { recursive: true });
});

test.each([
  ['a.cc:1:10: fatal error: tensorflow/c/c_api.h: No such file or directory\ncompilation terminated.', 'a.cc:1:10: fatal error: tensorflow/c/c_api.h: No such file or directory'],
  ['Error: getaddrinfo ENOTFOUND host\n    at errorOrDestroy (node:net)', 'Error: getaddrinfo ENOTFOUND host'],
  ['one\ntwo\n', 'two'],
  ['', 'it said nothing'],
])('the telling line of %j', (output, line) => {
  expect(tellingLine(output)).toBe(line);
});
