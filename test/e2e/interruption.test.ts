import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, describe, expect, test } from 'vitest';
import { gone } from '../main/engine/processes.js';
import { photographs, type RunningCommand, Workplace } from './program.js';

const place = new Workplace();
afterAll(() => place.remove());

const STEPS = 60;
/** A network so small that a step takes moments, and a checkpoint every few of them. */
const SMALL = {
  'patches.batch': 1, 'patches.side': 64, 'photos.side': 64, 'network.width': 0.1,
  'checkpoints.every': 5, 'validation.photos': 1, 'previews.photos': 0,
};

function train(run: string, ...more: string[]): RunningCommand {
  const settings = Object.entries(SMALL).flatMap(([key, value]) => ['--set', `${key}=${value}`]);
  return place.start('train', join(photographs, 'training'), '--out', run, '--steps', String(STEPS), ...settings, ...more);
}

function processOf(run: string): number {
  return (JSON.parse(readFileSync(place.path(run, 'lock.json'), 'utf8')) as { pid: number }).pid;
}

function stateOf(run: string): { state: string; step: number } {
  return JSON.parse(readFileSync(place.path(run, 'run.json'), 'utf8')) as { state: string; step: number };
}

/** Resumes a run to its end. */
async function resumed(run: string): Promise<{ state: string; step: number }> {
  const { code, out, err } = await place.run('resume', run, '--json');
  expect(code, err).toBe(0);
  return JSON.parse(out) as { state: string; step: number };
}

describe('a training', () => {
  test('that is interrupted keeps its run, which can be resumed', async () => {
    const command = train('interrupted', '--json');
    await command.shows(/^Step 5: loss/m);
    command.process.kill('SIGINT');
    const { code, out, err } = await command.ended;
    expect(code).toBe(130);
    expect(JSON.parse(out)).toEqual({
      error: { kind: 'interrupted', message: `Interrupted. What was trained up to the last checkpoint is kept in ${place.path('interrupted')}; resume that run to go on.` },
    });
    expect(err).toContain('Stopping; what is done so far is kept. Once more ends it at once.');
    expect(stateOf('interrupted')).toMatchObject({ state: 'stopped' });
    expect(stateOf('interrupted').step).toBeGreaterThanOrEqual(5);
    expect(await resumed('interrupted')).toMatchObject({ state: 'finished', step: STEPS });
  });

  test('that is interrupted twice ends at once', async () => {
    const command = train('twice');
    await command.shows(/^Step 5: loss/m);
    const pid = processOf('twice');
    command.process.kill('SIGINT');
    command.process.kill('SIGTERM');
    expect(await command.ended).toMatchObject({ code: 130 });
    expect(await gone(pid, 60)).toBe(true);
  });

  test('whose process is killed says what happened and what is kept, and can be resumed', async () => {
    const command = train('killed');
    // The validation comes before its checkpoint: with the second one the first is sure to be there.
    await command.shows(/^Step 10: loss/m);
    process.kill(processOf('killed'), 'SIGKILL');
    const { code, out, err } = await command.ended;
    expect({ code, out }).toEqual({ code: 1, out: '' });
    expect(err).toContain('The job was killed from outside (SIGKILL), most often by the system because memory ran out.');
    expect(err).toContain(`is kept in ${place.path('killed')}; resume that run to go on.`);
    expect(await resumed('killed')).toMatchObject({ state: 'finished', step: STEPS });
  });

  test('whose command is killed puts its work away by itself', async () => {
    const command = train('orphaned');
    await command.shows(/^Step 5: loss/m);
    const pid = processOf('orphaned');
    command.process.kill('SIGKILL');
    await command.ended;
    expect(await gone(pid, 60)).toBe(true);
    expect(stateOf('orphaned')).toMatchObject({ state: 'stopped' });
    expect(stateOf('orphaned').step).toBeGreaterThanOrEqual(5);
  });
});
