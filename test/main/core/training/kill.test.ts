import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { beforeAll, describe, expect, it } from 'vitest';
import { quietContext } from '../../../../src/main/core/job.js';
import { openRun } from '../../../../src/main/core/runs/index.js';
import { resumeTraining, train } from '../../../../src/main/core/training/index.js';
import { temporaryFolder } from '../../../helpers/temporary-folder.js';
import { Recorder } from './recorder.js';
import { smallConfig, smallSet } from './small-set.js';

/** A training (or its resume) in a process of its own, from the compiled program; says a word at each event. */
const PROGRAM = `
const { train, resumeTraining } = await import(process.argv[2]);
const options = JSON.parse(process.argv[3]);
const say = (word) => process.stdout.write(word + '\\n');
const progress = { progress: ({ phase, done }) => say(phase + ' ' + done), note() {}, emit: (name, data) => say(name + ' ' + data.step) };
await (options.run ? resumeTraining : train)(options, { signal: new AbortController().signal, progress });
`;

const MODULE = new URL('../../../../out/main/core/training/index.js', import.meta.url).href;

/** Runs the program and kills it at its first word that fits. */
async function killedAt(options: object, moment: RegExp): Promise<void> {
  const program = join(await temporaryFolder('program'), 'program.mjs');
  await writeFile(program, PROGRAM);
  const child = spawn(process.execPath, [program, MODULE, JSON.stringify(options)], { stdio: ['ignore', 'pipe', 'inherit'] });
  const ended = once(child, 'exit');
  for await (const word of createInterface({ input: child.stdout })) {
    if (!moment.test(word)) continue;
    child.kill('SIGKILL');
    break;
  }
  expect((await ended)[1]).toBe('SIGKILL');
}

describe('a training killed again and again', () => {
  let folder: string;
  beforeAll(async () => {
    process.env['CHROMABENCH_CACHE'] = await temporaryFolder('cache');
    folder = await smallSet(30);
  });

  it('opens each time, loses no more than the steps since its last checkpoint, and ends with the losses of one that was not', async () => {
    const place = await temporaryFolder('kill');
    const [out, whole] = [join(place, 'run'), join(place, 'whole')];
    const config = smallConfig('budget.steps=40', 'network.dropout=0.1');
    await train({ folder, out: whole, config }, quietContext());

    await killedAt({ folder, out, config }, /^Training 7$/);
    expect(await openRun(out)).toMatchObject({ state: 'interrupted', file: { step: 0 } });
    await killedAt({ run: out }, /^preview 20$/);
    expect(await openRun(out)).toMatchObject({ state: 'interrupted', file: { step: 10 } });
    await killedAt({ run: out }, /^checkpoint 30$/);
    expect(await openRun(out)).toMatchObject({ state: 'interrupted', file: { step: 30 } });

    const recorder = new Recorder();
    expect(await resumeTraining({ run: out }, recorder)).toMatchObject({ state: 'finished', step: 40 });
    expect(recorder.of('started')).toMatchObject([{ step: 30 }]);
    const [killed, intact] = await Promise.all([out, whole].map(async (path) => (await openRun(path)).metrics()));
    expect(killed.map(({ step }) => step)).toEqual(intact.map(({ step }) => step));
    killed.forEach((line, i) => expect(Math.abs(line.loss / intact[i].loss - 1), `step ${line.step}`).toBeLessThan(1e-3));
  }, 300_000);
});
