import { cp, mkdir, readdir, readFile, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { beforeAll, describe, expect, it } from 'vitest';
import { evaluateRun, type RunEvaluation } from '../../../../src/main/core/evaluation/evaluate-run.js';
import { listEvaluations, readEvaluation } from '../../../../src/main/core/evaluation/kept-evaluations.js';
import { quietContext } from '../../../../src/main/core/job.js';
import { train } from '../../../../src/main/core/training/index.js';
import { temporaryFolder } from '../../../helpers/temporary-folder.js';
import { smallConfig, smallSet } from '../training/small-set.js';

const oldRun = fileURLToPath(new URL('../../../fixtures/runs/version-1', import.meta.url));
const options = { checkpoint: 'best', part: 'test', temperature: 0.38, seed: 1 } as const;

let place: string;
let photographs: string;
let run: string;
beforeAll(async () => {
  place = await temporaryFolder('evaluations');
  process.env['CHROMABENCH_CACHE'] = join(place, 'cache');
  photographs = await smallSet(24);
  run = join(place, 'run');
  await train({ folder: photographs, out: run, config: smallConfig('budget.steps=10', 'photos.testShare=0.2', 'photos.validationShare=0.1') }, quietContext());
});

describe('an evaluation without a folder', () => {
  let found: RunEvaluation;
  beforeAll(async () => (found = await evaluateRun({ ...options, run }, quietContext())));

  it('looks at the photographs that the run kept for test', async () => {
    const { test } = JSON.parse(await readFile(join(run, 'split.json'), 'utf8')) as { test: { path: string }[] };
    expect(found).toMatchObject({ run, folder: photographs, part: 'test', photos: test.length, excluded: [] });
    const rows = (await readFile(join(found.kept!, 'photographs.csv'), 'utf8')).trimEnd().split('\r\n');
    expect(rows[0]).toMatch(/^photograph,AuC \(%\),/);
    expect(rows.slice(1).map((row) => row.split(',')[0])).toEqual(test.map(({ path }) => path));
  });

  it('is kept beside the run as it was told, with its strips and nothing half-written', async () => {
    const [kept] = await listEvaluations(run);
    const { kept: folder, run: path, ...told } = found;
    expect(path).toBe(run);
    expect(kept).toMatchObject({ file: told });
    expect(folder).toBe(join(run, 'evaluations', kept.id));
    expect(await readdir(join(run, 'evaluations'))).toEqual([kept.id]);
    const strips = [...found.best, ...found.worst].map(({ strip }) => strip);
    expect(strips).toHaveLength(found.photos);
    expect((await readdir(folder!)).sort()).toEqual(['evaluation.json', 'photographs.csv', ...strips].sort());
  });

  it('says what is missing', async () => {
    await cp(run, join(place, 'moved'), { recursive: true });
    const moved = join(place, 'moved');
    const file = JSON.parse(await readFile(join(moved, 'run.json'), 'utf8'));
    await writeFile(join(moved, 'run.json'), JSON.stringify({ ...file, data: { ...file.data, folder: join(place, 'gone') } }));
    await expect(evaluateRun({ ...options, run: moved }, quietContext())).rejects.toThrow(/gone, which is not there any more/);
    const split = JSON.parse(await readFile(join(moved, 'split.json'), 'utf8'));
    await writeFile(join(moved, 'split.json'), JSON.stringify({ ...split, test: [] }));
    await expect(evaluateRun({ ...options, run: moved }, quietContext())).rejects.toThrow(/kept no photographs for test\. Name a folder/);
  });

  it('is not lost where the run cannot keep it', async () => {
    const copy = join(place, 'full');
    await cp(run, copy, { recursive: true });
    await rm(join(copy, 'evaluations'), { recursive: true });
    await writeFile(join(copy, 'evaluations'), 'a file');
    const notes: string[] = [];
    const context = quietContext();
    const told = await evaluateRun({ ...options, run: copy }, { ...context, progress: { ...context.progress, note: (message) => notes.push(message) } });
    expect(told.kept).toBeUndefined();
    expect(told.auc).toBe(found.auc);
    expect(notes).toEqual([expect.stringMatching(/^The evaluation is not kept beside the run: .*evaluations/)]);
  });
});

describe('evaluations beside a run', () => {
  it('of every format ever written are read', async () => {
    const [evaluation] = await listEvaluations(oldRun);
    expect(evaluation).toMatchObject({ id: '20260102-030405-0a1b', file: { version: 1, photos: 3, step: 10, auc: 82.3839561287478, best: [{ strip: 'best-1.webp' }, {}], worst: [{}] } });
  });

  it('are listed with the reason where one cannot be read', async () => {
    const folder = join(place, 'odd');
    const id = (n: number) => `20260102-03040${n}-0000`;
    const texts = ['{"version": 2}', '{', '{"version": 1}', undefined];
    for (const [n, text] of texts.entries()) {
      await mkdir(join(folder, 'evaluations', id(n)), { recursive: true });
      if (text !== undefined) await writeFile(join(folder, 'evaluations', id(n), 'evaluation.json'), text);
    }
    await mkdir(join(folder, 'evaluations', '.20260102-030405-0000.aside'));
    expect(await listEvaluations(folder)).toEqual([
      { id: id(3), fault: expect.stringContaining('could not be read (ENOENT)') },
      { id: id(2), fault: expect.stringContaining('is damaged: created') },
      { id: id(1), fault: expect.stringContaining('is damaged: it is not JSON') },
      { id: id(0), fault: expect.stringContaining('was written by a newer Chromabench (format 2') },
    ]);
    expect(await listEvaluations(join(place, 'none'))).toEqual([]);
    await expect(readEvaluation(folder, '../../x')).rejects.toThrow('names no evaluation');
  });
});
