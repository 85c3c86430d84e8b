import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { appendFile, mkdir, readFile, readdir, readlink, rename, rm, stat, symlink, utimes, writeFile } from 'node:fs/promises';
import { hostname } from 'node:os';
import { join } from 'node:path';
import { beforeEach, describe, expect, it } from 'vitest';
import { openRun } from '../../../../src/main/core/runs/index.js';
import { isLocked } from '../../../../src/main/core/runs/lock.js';
import { checkRunPlace } from '../../../../src/main/core/runs/run-place.js';
import { RunWriter } from '../../../../src/main/core/runs/run-writer.js';
import { temporaryFolder } from '../../../helpers/temporary-folder.js';
import { checkpointAt, lineAt, newRun } from './new-run.js';

let parent: string;
let path: string;
beforeEach(async () => {
  parent = await temporaryFolder('run');
  path = join(parent, 'run');
});

async function saveNothing(prefix: string): Promise<void> {
  await writeFile(`${prefix}.index`, 'i');
  await writeFile(`${prefix}.data-00000-of-00001`, 'd');
}

/** What is left when the process is killed: everything on disk, and a lock whose process is gone. */
async function killed(writer: RunWriter): Promise<void> {
  const lock = await readFile(join(path, 'lock.json'), 'utf8');
  await writer.close();
  await writeFile(join(path, 'lock.json'), JSON.stringify({ ...(JSON.parse(lock) as object), started: '1' }));
}

describe('making a run', () => {
  it('shows a whole folder that reads back equal', async () => {
    const made = newRun();
    const writer = await RunWriter.create(path, made);
    await writer.close();
    const run = await openRun(path);
    expect(run.file).toEqual(made.file);
    expect(await run.prior()).toEqual(made.prior);
    expect(await run.split()).toEqual(made.split);
    expect((await run.bins()).Q).toBe(made.prior.bins.length);
    expect(await readFile(join(path, 'graph.pb'))).toEqual(Buffer.from(made.graph));
    expect(await readdir(parent)).toEqual(['run']);
  });

  it('makes the folders above it, and takes an empty folder', async () => {
    const deep = join(parent, 'a', 'b');
    await mkdir(deep, { recursive: true });
    await (await RunWriter.create(deep, newRun())).close();
    expect((await openRun(deep)).file.step).toBe(0);
  });

  it('fills an empty folder where it stands: a link stays a link', async () => {
    const [real, link] = [join(parent, 'real'), join(parent, 'link')];
    await mkdir(real);
    const { ino } = await stat(real);
    await symlink(real, link);
    const writer = await RunWriter.create(link, newRun());
    expect(await isLocked(real)).toBe(true);
    await writer.close();
    expect((await openRun(real)).file).toEqual(newRun().file);
    expect((await stat(real)).ino).toBe(ino);
    expect(await readlink(link)).toBe(real);
    expect((await readdir(real)).sort()).toEqual(['checkpoints', 'colours.json', 'filters', 'graph.pb', 'log.txt', 'metrics.jsonl', 'previews', 'prior.json', 'run.json', 'split.json']);
  });

  it('is asked about beforehand: nothing is left there, and a place that takes nothing is told', async () => {
    await checkRunPlace(join(parent, 'a', 'b', 'run'));
    await mkdir(path);
    await checkRunPlace(path);
    expect(await readdir(parent, { recursive: true })).toEqual(['run']);
    await symlink(join(parent, 'nothing'), join(parent, 'link'));
    await expect(checkRunPlace(join(parent, 'link'))).rejects.toThrow('link is a link to a folder that is not there.');
  });

  it.runIf(process.platform === 'linux')('is refused where the system takes no files', async () => {
    await expect(checkRunPlace('/proc/photographs/run')).rejects.toThrow('/proc/photographs/run could not be written: ');
  });

  it('never touches what is there', async () => {
    await mkdir(path);
    await writeFile(join(path, 'letter.txt'), 'dear');
    await expect(RunWriter.create(path, newRun())).rejects.toThrow(`${path} is not empty, and nothing is overwritten. Choose a new folder for the run.`);
    expect(await readdir(path)).toEqual(['letter.txt']);
    await expect(checkRunPlace(join(path, 'letter.txt'))).rejects.toThrow('is a file. Choose another name');
  });

  it('never overwrites a run', async () => {
    await (await RunWriter.create(path, newRun())).close();
    await expect(RunWriter.create(path, newRun())).rejects.toThrow(`${path} holds a run already and is not overwritten. Choose another folder, or resume that run.`);
  });
});

describe('opening a run', () => {
  it('says what is no run, damaged or newer', async () => {
    await expect(openRun(join(parent, 'none'))).rejects.toThrow(`${join(parent, 'none')} is not a run: it has no run.json. Give the folder that a training wrote.`);
    await (await RunWriter.create(path, newRun())).close();
    const text = await readFile(join(path, 'run.json'), 'utf8');
    await writeFile(join(path, 'run.json'), text.slice(0, 100));
    await expect(openRun(path)).rejects.toThrow(`${join(path, 'run.json')} is damaged: `);
    await writeFile(join(path, 'run.json'), text.replace('"steps": 100', '"steps": "many"'));
    await expect(openRun(path)).rejects.toThrow('is damaged: steps: ');
    await writeFile(join(path, 'run.json'), text.replace('"schemaVersion": 1', '"schemaVersion": 2, "strange": true'));
    await expect(openRun(path)).rejects.toThrow(`${path} was written by a newer Chromabench (format 2; this one reads up to 1). Update Chromabench to open it.`);
  });

  it('takes no list of photographs that leads out of their folder', async () => {
    const { split, ...others } = newRun();
    await (await RunWriter.create(path, { ...others, split: { ...split, test: [{ path: '../private/b.jpg', contentId: '00', width: 150, height: 150 }] } })).close();
    await expect((await openRun(path)).split()).rejects.toThrow(/split\.json is damaged: test\.0\.path: expected a path within the folder\./);
  });

  it('says which file holds bins that cannot be', async () => {
    await (await RunWriter.create(path, newRun())).close();
    const prior = JSON.parse(await readFile(join(path, 'prior.json'), 'utf8')) as { bins: object[] };
    await writeFile(join(path, 'prior.json'), JSON.stringify({ ...prior, bins: [...prior.bins, prior.bins[0]] }));
    await expect((await openRun(path)).prior()).rejects.toThrow(/prior\.json is damaged: Bin \d+, \d+ lies outside .* or appears twice\. Restore it/);
    await writeFile(join(path, 'prior.json'), JSON.stringify({ ...prior, bins: [] }));
    await expect((await openRun(path)).prior()).rejects.toThrow(/prior\.json is damaged: bins: /);
  });

  it('tells a run that is being trained from one whose process was killed', async () => {
    const writer = await RunWriter.create(path, newRun());
    expect((await openRun(path)).state).toBe('training');
    await killed(writer);
    expect((await openRun(path)).state).toBe('interrupted');
  });
});

describe('the lock', () => {
  it('keeps a second training away, from this process and from others', async () => {
    const writer = await RunWriter.create(path, newRun());
    await expect(RunWriter.resume(path)).rejects.toThrow(`${path} is being trained by process ${process.pid} on ${hostname()}.`);
    await writer.close();
    await (await RunWriter.resume(path)).close();
  });

  it('of a process that was killed is taken over', async () => {
    await (await RunWriter.create(path, newRun())).close();
    const other = spawn('sleep', ['60']);
    await once(other, 'spawn');
    const stat = await readFile(`/proc/${other.pid}/stat`, 'utf8');
    await writeFile(join(path, 'lock.json'), JSON.stringify({ pid: other.pid, host: hostname(), started: stat.split(' ')[21] }));
    await expect(RunWriter.resume(path)).rejects.toThrow(`process ${other.pid}`);
    other.kill('SIGKILL');
    await once(other, 'exit');
    await (await RunWriter.resume(path)).close();
  });

  it('of a number that another process has now is taken over', async () => {
    await killed(await RunWriter.create(path, newRun()));
    await (await RunWriter.resume(path)).close();
    expect(await isLocked(path)).toBe(false);
  });

  it('that was cut short while written is taken over, unless it is written this moment', async () => {
    await (await RunWriter.create(path, newRun())).close();
    await writeFile(join(path, 'lock.json'), '{"pi');
    await expect(RunWriter.resume(path)).rejects.toThrow('another process');
    await utimes(join(path, 'lock.json'), 1, 1);
    await (await RunWriter.resume(path)).close();
  });

  it('that cannot be read is told, and not waited for', async () => {
    await (await RunWriter.create(path, newRun())).close();
    await mkdir(join(path, 'lock.json'));
    await expect(RunWriter.resume(path)).rejects.toThrow(`${join(path, 'lock.json')}, which tells who trains the run, cannot be read (EISDIR).`);
  });

  it('is taken although somebody has deleted a folder of the run', async () => {
    await (await RunWriter.create(path, newRun())).close();
    await rm(join(path, 'previews'), { recursive: true });
    await (await RunWriter.resume(path)).close();
    expect(await readdir(path)).toContain('previews');
  });

  it('goes to one of many that come at once, also where they take over that of a killed process', async () => {
    await killed(await RunWriter.create(path, newRun()));
    const stale = await readFile(join(path, 'lock.json'));
    for (let round = 0; round < 8; round++) {
      await writeFile(join(path, 'lock.json'), stale);
      const tries = await Promise.allSettled(Array.from({ length: 8 }, () => RunWriter.resume(path)));
      const won = tries.filter((result) => result.status === 'fulfilled');
      expect(won).toHaveLength(1);
      await won[0].value.close();
    }
  });
});

describe('metrics', () => {
  it('keep the last line of each step and pass over a torn one', async () => {
    const writer = await RunWriter.create(path, newRun());
    await writer.report(lineAt(10, 3));
    await writer.report(lineAt(20, 2));
    await killed(writer);
    await appendFile(join(path, 'metrics.jsonl'), '{"step":30,"lo');
    expect((await (await openRun(path)).metrics()).map(({ step }) => step)).toEqual([10, 20]);

    const again = await RunWriter.resume(path);
    await again.report(lineAt(20, 1.5));
    await again.report(lineAt(30, 1));
    await again.close();
    expect(await (await openRun(path)).metrics()).toEqual([lineAt(10, 3), lineAt(20, 1.5), lineAt(30, 1)]);
  });
});

describe('checkpoints', () => {
  it('are the newest few and the best', async () => {
    const writer = await RunWriter.create(path, newRun());
    for (const [step, loss] of [[10, 5], [20, 2], [30, 3], [40, 4], [50, 2.5]]) await writer.checkpoint(checkpointAt(step, loss), saveNothing);
    await writer.close();
    const run = await openRun(path);
    expect((await run.checkpoints()).map(({ step }) => step)).toEqual([20, 40, 50]);
    expect((await run.checkpoint('best')).step).toBe(20);
    expect((await run.checkpoint('newest')).step).toBe(50);
    expect((await run.checkpoint(40)).file).toEqual(checkpointAt(40, 4));
    await expect(run.checkpoint(30)).rejects.toThrow(`${path} has no checkpoint of step 30; it has 20, 40, 50.`);
    expect(run.file.step).toBe(50);
  });

  it('made by a stop were not validated and count as best only where nothing else does', async () => {
    const writer = await RunWriter.create(path, newRun());
    await expect((await openRun(path)).checkpoint('best')).rejects.toThrow(`${path} has no checkpoint yet`);
    await writer.checkpoint(checkpointAt(7), saveNothing);
    expect((await (await openRun(path)).checkpoint('best')).step).toBe(7);
    await writer.checkpoint(checkpointAt(10, 9), saveNothing);
    await writer.checkpoint(checkpointAt(12), saveNothing);
    expect((await (await openRun(path)).checkpoint('best')).step).toBe(10);
    await writer.close();
  });

  it('that are half-written or miss a file do not count, and the next owner clears them', async () => {
    const writer = await RunWriter.create(path, newRun());
    await writer.checkpoint(checkpointAt(10, 1), saveNothing);
    await writer.checkpoint(checkpointAt(20, 1), saveNothing);
    await expect(writer.checkpoint(checkpointAt(30, 1), () => Promise.reject(new Error('No space left on device')))).rejects.toThrow('The disk is full: ');
    await killed(writer);
    const half = '.step-000030.123e4567-e89b-42d3-a456-426614174000.aside';
    await rename(join(path, 'checkpoints', 'step-000020'), join(path, 'checkpoints', half));
    await mkdir(join(path, 'checkpoints', 'step-000015'));
    expect((await (await openRun(path)).checkpoint('newest')).step).toBe(10);

    const again = await RunWriter.resume(path);
    expect(await readdir(join(path, 'checkpoints'))).not.toContain(half);
    await again.checkpoint(checkpointAt(15, 0.5), saveNothing);
    await again.close();
    expect((await (await openRun(path)).checkpoint('best')).step).toBe(15);
  });
});

describe('previews and log', () => {
  it('are found again', async () => {
    const writer = await RunWriter.create(path, newRun());
    await writer.preview(20, Uint8Array.of(2));
    await writer.preview(10, Uint8Array.of(1));
    await writer.log('two\nlines');
    await writer.close();
    const run = await openRun(path);
    expect((await run.previews()).map(({ step }) => step)).toEqual([10, 20]);
    expect(await run.log()).toMatch(/^\d{4}-\d\d-\d\dT\S+Z two lines\n$/);
  });

  it('of a long training are thinned, the first and the newest kept', async () => {
    const writer = await RunWriter.create(path, newRun());
    for (let step = 1; step <= 130; step++) await writer.preview(step, Uint8Array.of(1));
    await writer.close();
    const steps = (await (await openRun(path)).previews()).map(({ step }) => step);
    expect(steps.length).toBeLessThanOrEqual(60);
    expect([steps[0], steps.at(-1)]).toEqual([1, 130]);
    expect(Math.max(...steps.slice(1).map((step, i) => step - steps[i]))).toBeLessThanOrEqual(8);
  });

  it('that meet a full disk say so, and the run still opens', async () => {
    await (await RunWriter.create(path, newRun())).close();
    await rm(join(path, 'log.txt'), { force: true });
    await symlink('/dev/full', join(path, 'log.txt'));
    const writer = await RunWriter.resume(path);
    await expect(writer.log('x')).rejects.toThrow(`The disk is full: ${join(path, 'log.txt')} could not be written. Free some space and try again.`);
    await writer.close();
    expect((await openRun(path)).state).toBe('interrupted');
  });

  it('a run folder deleted while trained is a clear end', async () => {
    const writer = await RunWriter.create(path, newRun());
    await rm(path, { recursive: true });
    await expect(writer.update({ step: 5 })).rejects.toThrow('its folder is not there (any more)');
    await writer.close();
  });
});
