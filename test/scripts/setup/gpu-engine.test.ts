import { execFile } from 'node:child_process';
import { cp, mkdtemp, readFile, readdir, rm, stat } from 'node:fs/promises';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest';
import { ensureEngine, findEngine } from '../../../scripts/setup/engine.mjs';
import { ensureGpuEngine } from '../../../scripts/setup/gpu-engine.mjs';
import { closedWay, newCheckout, newWorkshop, packageOf, workingWay } from '../../helpers/engine-checkout.js';

const repository = join(import.meta.dirname, '..', '..', '..');
let work: string;
let cache: string;
let checkout: string;

beforeAll(async () => void (work = await newWorkshop()));
afterAll(() => rm(work, { recursive: true }));
beforeEach(async () => {
  cache = await mkdtemp(join(work, 'cache-'));
  checkout = await newCheckout(work);
});

const addonOf = (folder: string): string => join(folder, 'lib', 'napi-v8', 'tfjs_binding.node');

async function pointedAt(from: string): Promise<string> {
  return (JSON.parse(await readFile(join(from, 'node_modules', '.chromabench-gpu-engine.json'), 'utf8')) as { addon: string }).addon;
}

/** Shared libraries of a process of the built program, once it has loaded an engine; and what it would write into a run. */
async function inProgram(program: string, engine: string): Promise<{ libraries: string[]; versions: Record<string, string> }> {
  const core = join(program, 'out', 'main', 'core');
  const script = `const { nativeEngine } = await import(${JSON.stringify(join(core, 'graph', 'index.js'))}); nativeEngine();
    const { versions } = await import(${JSON.stringify(join(core, 'training', 'versions.js'))});
    console.log(JSON.stringify({ libraries: process.report.getReport().sharedObjects, versions: versions() }));`;
  const { stdout } = await promisify(execFile)(process.execPath, ['--input-type=module', '-e', script], { env: { ...process.env, CHROMABENCH_ENGINE: engine }, maxBuffer: 1 << 24 });
  return JSON.parse(stdout.trimEnd().split('\n').at(-1) ?? '') as { libraries: string[]; versions: Record<string, string> };
}

test('the engine for GPUs has an entry of its own in the cache, made once for all checkouts', async () => {
  const way = workingWay();
  const { version } = await ensureGpuEngine(checkout, cache, [way]);
  expect(version).toMatch(/^2\./);
  const second = await newCheckout(work);
  expect(await ensureGpuEngine(second, cache, [way])).toMatchObject({ version });
  expect(way.calls).toBe(1);
  const [entry, ...others] = await readdir(join(cache, 'engine'));
  expect(others).toEqual([]);
  expect(entry).toMatch(/-gpu-\d+$/);
  expect([await pointedAt(checkout), await pointedAt(second)]).toEqual([addonOf(join(cache, 'engine', entry)), addonOf(join(cache, 'engine', entry))]);
});

test("the processor's engine stays as it is, whether the other one can be made or not", async () => {
  await ensureEngine(checkout, cache, [workingWay()]);
  const before = await stat(addonOf(packageOf(checkout)));
  await expect(ensureGpuEngine(checkout, cache, [closedWay('a way', 'the index cannot be reached', 'open the network')])).rejects.toThrow(
    "The engine for NVIDIA's GPUs could not be set up. Tried:\n  1. a way: the index cannot be reached\nWhat to do (one of these is enough), before the same command again:\n  - open the network",
  );
  await expect(pointedAt(checkout)).rejects.toThrow('ENOENT');
  await ensureGpuEngine(checkout, cache, [workingWay()]);
  expect(await findEngine(checkout)).toMatch(/^2\./);
  expect((await stat(addonOf(packageOf(checkout)))).ino).toBe(before.ino);
  expect(await readdir(join(cache, 'engine'))).toHaveLength(2);
});

test('one that lost a library is made anew', async () => {
  const way = workingWay();
  await ensureGpuEngine(checkout, cache, [way]);
  const [entry] = await readdir(join(cache, 'engine'));
  await rm(join(cache, 'engine', entry, 'deps'), { recursive: true });
  await ensureGpuEngine(checkout, cache, [way]);
  expect(way.calls).toBe(2);
});

test('the program loads the engine that the environment chooses', async () => {
  await ensureEngine(checkout, cache, [workingWay()]);
  for (const part of ['out/main', 'out/shared', 'resources/tensorflow', 'package.json']) await cp(join(repository, part), join(checkout, part), { recursive: true });
  await expect(inProgram(checkout, 'gpu')).rejects.toThrow("the engine for NVIDIA's GPUs is not there. Set it up with `npm run gpu-engine`");
  await ensureGpuEngine(checkout, cache, [workingWay()]);
  const addon = await pointedAt(checkout);
  const withGpu = await inProgram(checkout, 'gpu');
  expect(withGpu.libraries).toContain(addon);
  expect(withGpu.versions).toMatchObject({ engine: 'gpu' });
  const withProcessor = await inProgram(checkout, 'cpu');
  expect(withProcessor.libraries).toContain(addonOf(packageOf(checkout)));
  expect(withProcessor.libraries).not.toContain(addon);
  expect(withProcessor.versions).not.toHaveProperty('engine');
});
