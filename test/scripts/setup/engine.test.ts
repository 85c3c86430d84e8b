import { mkdir, mkdtemp, readdir, rm, truncate, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { ensureEngine, findEngine } from '../../../scripts/setup/engine.mjs';
import { describeFailure, type Way } from '../../../scripts/setup/engine-making.mjs';
import { probeWith } from '../../../scripts/setup/engine-probing.mjs';
import { listFiles } from '../../../scripts/setup/files.mjs';
import { wheel } from '../../../scripts/setup/ways/wheel.mjs';
import { closedWay, newCheckout, newWorkshop, packageOf, workingWay } from '../../helpers/engine-checkout.js';

let work: string;

beforeAll(async () => void (work = await newWorkshop()));
afterAll(() => rm(work, { recursive: true }));

describe('an engine in the cache', () => {
  let cache: string;
  beforeEach(async () => void (cache = await mkdtemp(join(work, 'cache-'))));

  test('is made once, by the first open way; every further checkout takes it from there', async () => {
    const [one, two] = [await newCheckout(work), await newCheckout(work)];
    const way = workingWay();
    expect(await findEngine(one)).toBeUndefined();
    const version = await ensureEngine(one, cache, [closedWay('a way that is closed', 'it is closed'), way]);
    expect(version).toMatch(/^\d+\.\d+\.\d+/);
    expect(await ensureEngine(two, cache, [way])).toBe(version);
    expect(await findEngine(two)).toBe(version);
    expect(way.calls).toBe(1);
    expect(await readdir(join(cache, 'staging'))).toEqual([]);
    expect(await readdir(join(cache, 'locks'))).toEqual([]);
  });

  test('that lost files is made anew', async () => {
    const way = workingWay();
    await ensureEngine(await newCheckout(work), cache, [way]);
    const [entry] = await readdir(join(cache, 'engine'));
    await rm(join(cache, 'engine', entry, 'lib', 'napi-v8', 'tfjs_binding.node'));
    await writeFile(join(cache, 'engine', entry, 'lib', 'napi-v8', 'tfjs_binding.node'), 'half');
    await ensureEngine(await newCheckout(work), cache, [way]);
    expect(way.calls).toBe(2);
  });

  test('cures a checkout whose addon is broken', async () => {
    const checkout = await newCheckout(work);
    const way = workingWay();
    const version = await ensureEngine(checkout, cache, [way]);
    const addon = join(packageOf(checkout), 'lib', 'napi-v8', 'tfjs_binding.node');
    await rm(addon);
    await writeFile(addon, 'not an addon');
    expect(await findEngine(checkout)).toBeUndefined();
    expect(await ensureEngine(checkout, cache, [way])).toBe(version);
    expect(way.calls).toBe(1);
  });

  test('is never one that does not load', async () => {
    const checkout = await newCheckout(work);
    const broken: Way = {
      name: 'a way that makes rubbish',
      async make({ output }) {
        await mkdir(join(output, 'lib', 'napi-v8'), { recursive: true });
        await mkdir(join(output, 'deps'));
        await writeFile(join(output, 'lib', 'napi-v8', 'tfjs_binding.node'), '');
        await truncate(join(output, 'lib', 'napi-v8', 'tfjs_binding.node'), 1000);
      },
    };
    await expect(ensureEngine(checkout, cache, [broken])).rejects.toThrow('a way that makes rubbish: what it made does not work');
    expect(await readdir(cache)).not.toContain('engine');
    expect(await readdir(packageOf(checkout))).not.toContain('lib');
    expect(await readdir(join(cache, 'staging'))).toEqual([]);
  });
});

describe('the question to an engine', () => {
  async function ask(program: string, limits = [20]): ReturnType<typeof probeWith> {
    const script = join(await mkdtemp(join(work, 'probe-')), 'probe.cjs');
    await writeFile(script, program);
    return probeWith(script, [], work, limits);
  }

  test('finds the answer among other lines and warnings', async () => {
    const program = `console.log('hello'); console.log('{"tensorflow":"2.15.1"}'); console.log('bye'); console.error('{"warning":1}');`;
    expect(await ask(program)).toEqual({ version: '2.15.1', reason: '' });
  });

  test('an engine that tells nothing has a reason, no exception', async () => {
    expect(await ask("console.error('odd warning')")).toEqual({ reason: 'it did not tell its version: odd warning' });
  });

  test('a slow engine is asked again with more patience, and is slow, not broken', async () => {
    const slowAtFirst = `const fs = require('node:fs'), seen = __filename + '.seen';
      const wait = fs.existsSync(seen) ? 0 : 60_000;
      fs.writeFileSync(seen, '');
      setTimeout(() => console.log('{"tensorflow":"2.15.1"}'), wait);`;
    expect(await ask(slowAtFirst, [2, 30])).toEqual({ version: '2.15.1', reason: '' });
    expect(await ask('setTimeout(() => {}, 60_000)', [0.5, 1])).toMatchObject({ slow: true });
  });
});

describe('when every way is closed', () => {
  const { PATH } = process.env;
  afterEach(() => void (process.env.PATH = PATH));

  test('one message names each way, why it is closed and what opens it', () => {
    const message = describeFailure([
      { name: 'the engine already installed', reason: 'not there' },
      { name: "tfjs-node's own installer", reason: 'the bucket cannot be reached (ENOTFOUND)', cure: 'open the network to the bucket' },
      { name: 'the wheel', reason: 'a C++ compiler was not found', cure: 'install a C++ compiler' },
    ]);
    expect(message).toBe(
      [
        'The native TensorFlow engine could not be set up. Tried:',
        '  1. the engine already installed: not there',
        "  2. tfjs-node's own installer: the bucket cannot be reached (ENOTFOUND)",
        '  3. the wheel: a C++ compiler was not found',
        'What to do (one of these is enough), before the same command again:',
        '  - open the network to the bucket',
        '  - install a C++ compiler',
      ].join('\n'),
    );
  });

  test('the wheel way names all that is missing at once, and downloads nothing', async () => {
    const cache = await mkdtemp(join(work, 'cache-'));
    const checkout = await newCheckout(work);
    process.env.PATH = '/nowhere';
    const setUp = ensureEngine(checkout, cache, [wheel]);
    await expect(setUp).rejects.toThrow('a C++ compiler and Python 3 with pip were not found');
    await expect(setUp).rejects.toThrow('apt-get install g++ python3 python3-pip');
    expect(await listFiles(cache)).toEqual([]);
  });
});
