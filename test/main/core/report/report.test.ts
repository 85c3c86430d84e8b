import { existsSync, readFileSync } from 'node:fs';
import { cp, mkdir, readFile, rm, rename, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { type Browser, chromium } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { evaluateRun } from '../../../../src/main/core/evaluation/evaluate-run.js';
import { quietContext } from '../../../../src/main/core/job.js';
import { writeReport, type ReportOptions } from '../../../../src/main/core/report/write-report.js';
import { train } from '../../../../src/main/core/training/index.js';
import { temporaryFolder } from '../../../helpers/temporary-folder.js';
import { smallConfig, smallSet } from '../training/small-set.js';
import type { CheckpointFile, RunFile } from '../../../../src/shared/run/files.js';

const CHROMIUM = process.env.CHROMABENCH_CHROMIUM ?? '/usr/bin/chromium';
const axe = join(import.meta.dirname, '../../../../node_modules/axe-core/axe.min.js');
/** A name that would break out of markup and out of a shell, were it let. */
const NAME = `"><script>document.title='out'</script> & it's`;

let place: string;
let run: string;
const options = (changes: Partial<ReportOptions>): ReportOptions => ({ run, out: join(place, 'report.html'), evaluation: 'newest', overwrite: true, ...changes });

beforeAll(async () => {
  place = await temporaryFolder('report');
  process.env['CHROMABENCH_CACHE'] = join(place, 'cache');
  const photographs = join(place, '<i>photographs');
  await rename(await smallSet(24), photographs);
  run = join(place, NAME.replaceAll('/', ''));
  const config = smallConfig('budget.steps=20', 'photos.testShare=0.2', 'bins.lambda=0.3');
  await train({ folder: photographs, out: run, config }, quietContext());
});

describe('a report', () => {
  it('of a run that was not measured shows held-out photographs, and says how to measure it', async () => {
    const { evaluation, bytes } = await writeReport(options({}), quietContext());
    expect(evaluation).toBeUndefined();
    const page = await readFile(join(place, 'report.html'), 'utf8');
    expect(Buffer.byteLength(page)).toBe(bytes);
    expect(page).toContain('has not been measured on photographs whose colours are known');
    expect(page.match(/<li><figure><img src="data:image\/webp;base64,/g)!.length).toBeGreaterThan(1);
  });

  it('replaces nothing unless told, and names what is wrong', async () => {
    await writeFile(join(place, 'mine.html'), 'mine');
    await expect(writeReport(options({ out: join(place, 'mine.html'), overwrite: false }), quietContext())).rejects.toThrow('is there already and is not overwritten');
    expect(await readFile(join(place, 'mine.html'), 'utf8')).toBe('mine');
    await expect(writeReport(options({ evaluation: '20260102-030405-0000' }), quietContext())).rejects.toThrow(/could not be read \(ENOENT\)/);
    await expect(writeReport(options({ run: place }), quietContext())).rejects.toThrow('is not a run');
    await mkdir(join(place, 'folder.html'));
    await expect(writeReport(options({ out: join(place, 'folder.html') }), quietContext())).rejects.toThrow('a folder of that name is there');
  });
});

describe('a model card', () => {
  it('read again says what the run and its evaluation hold, and names no place of this machine', async () => {
    const { kept, ...found } = await evaluateRun({ run, checkpoint: 'best', part: 'test', temperature: 0.38, seed: 1, worn: true }, quietContext());
    const out = join(place, 'MODEL_CARD.md');
    const { evaluation } = await writeReport(options({ out }), quietContext());
    expect(kept).toContain(evaluation);
    const text = await readFile(out, 'utf8');
    const rows = text.split('\n').filter((line) => line.startsWith('| ')).map((line) => line.slice(2, -2).split(' | '));
    const cells = (name: string) => rows.find(([first]) => first === name)?.slice(1);
    const file = JSON.parse(await readFile(join(run, 'run.json'), 'utf8')) as RunFile;
    expect(cells('Learnt from')).toEqual([String(file.data.training)]);
    expect(cells('bins.lambda')).toEqual(['0.3', '0.6']);
    expect(cells('AuC (%)')).toEqual([found.auc.toFixed(1), found.baselines.gray.auc.toFixed(1)]);
    expect(cells('Vividness')?.[0]).toBe((found.chroma / found.trueChroma).toFixed(2));
    expect(cells('Scratched')?.[0]).toBe(found.worn![3].aucRebalanced.toFixed(1));
    const subjects = rows.filter(([first]) => ['coast', 'field'].includes(first)).slice(-2).map(([first]) => first);
    expect(subjects).toEqual(found.subjects!.map(({ name }) => name));
    expect(text).toContain(file.machine!.processor.split(' ')[0]);
    for (const { wear, lost } of found.worn!) expect(text.toLowerCase().includes(`${wear} scans: they lose`)).toBe(lost > 1);
    expect(text).toContain(`measured on ${found.photos} photographs only`);
    expect(text).toContain('\\<i\\>photographs');
    expect(text).not.toContain(place);
    await rm(join(run, 'evaluations'), { recursive: true });
  });

  it('names the machines that trained, not one that only handed the training over', async () => {
    const [old, record] = ['version-1', 'version-1-cluster'].map((name) => join(import.meta.dirname, '../../../fixtures/runs', name));
    const textOf = async (folder: string) => {
      await writeReport({ run: folder, out: join(place, 'machine.md'), evaluation: 'none', overwrite: true }, quietContext());
      return /of training\. (.*?) [\d,]+ parameters/.exec(await readFile(join(place, 'machine.md'), 'utf8'))![1];
    };
    const there = join(place, 'on-a-cluster');
    await cp(old, there, { recursive: true });
    expect(await textOf(there)).toBe('The machine was not kept.');
    await cp(record, there, { recursive: true });
    expect(await textOf(there)).toBe('On a Ray cluster, 2 workers.');
    await writeReport({ run: there, out: join(place, 'machine.html'), evaluation: 'none', overwrite: true }, quietContext());
    expect(await readFile(join(place, 'machine.html'), 'utf8')).toContain('On a Ray cluster, 2 workers.');
    // As it was written before the cluster was told of: the machine beside it.
    const [file, cluster] = (await Promise.all(['run.json', 'cluster.json'].map(async (name) => JSON.parse(await readFile(join(there, name), 'utf8'))))) as [RunFile, { start: CheckpointFile | null }];
    await writeFile(join(there, 'run.json'), JSON.stringify({ ...file, cluster: undefined, machine: { system: 'linux x64', processor: 'Some Processor', threads: 2, memory: 2 ** 33 } }));
    expect(await textOf(there)).toBe('On a Ray cluster, 2 workers.');
    const start = JSON.parse(await readFile(join(there, 'checkpoints/step-000010/checkpoint.json'), 'utf8')) as CheckpointFile;
    await writeFile(join(there, 'cluster.json'), JSON.stringify({ ...cluster, start }));
    expect(await textOf(there)).toMatch(/^Begun on: Some Processor, 2 threads, .* of memory, linux x64\. Continued on a Ray cluster, 2 workers\.$/);
    await rm(join(there, 'cluster.json'));
    expect(await textOf(there)).toMatch(/^Some Processor, 2 threads/);
  });

  it('of a run that was not measured says that nothing can be said', async () => {
    const out = join(place, 'unmeasured.md');
    await writeReport(options({ out, evaluation: 'none' }), quietContext());
    expect(await readFile(out, 'utf8')).toMatch(/## What it is not good for\n\n- It has not been measured/);
  });
});

describe.skipIf(!existsSync(CHROMIUM))('a report in a browser', () => {
  let browser: Browser;
  beforeAll(async () => {
    await evaluateRun({ run, checkpoint: 'best', part: 'test', temperature: 0.38, seed: 1 }, quietContext());
    await writeReport(options({}), quietContext());
    browser = await chromium.launch({ executablePath: CHROMIUM, args: ['--no-sandbox'] });
  });
  afterAll(() => browser?.close());

  it.each(['light', 'dark'] as const)('needs no network and no script, is whole and accessible, %s', async (colorScheme) => {
    const asked: string[] = [];
    const complaints: string[] = [];
    const context = await browser.newContext({ colorScheme, offline: true, viewport: { width: 900, height: 800 } });
    const page = await context.newPage();
    page.on('request', (request) => request.url().startsWith('data:') || asked.push(request.url()));
    page.on('console', (message) => complaints.push(message.text()));
    page.on('pageerror', (error) => complaints.push(error.message));
    const address = pathToFileURL(join(place, 'report.html')).href;
    await page.goto(address);
    expect(asked).toEqual([address]);
    expect(complaints).toEqual([]);
    expect(await page.title()).toBe(`${NAME.replaceAll('/', '')}: report of a training`);
    expect(await page.locator('h1').textContent()).toBe(NAME.replaceAll('/', ''));
    expect(await page.locator('script').count()).toBe(0);

    const pictures = await page.locator('img').evaluateAll((images: HTMLImageElement[]) => images.map(({ complete, naturalWidth, alt }) => ({ whole: complete && naturalWidth > 0, alt })));
    expect(pictures.length).toBeGreaterThan(5);
    expect(pictures.filter(({ whole, alt }) => !whole || alt === '')).toEqual([]);
    const drawn = page.locator(`.on-${colorScheme} svg`);
    expect(await drawn.count()).toBeGreaterThan(7);
    expect(await drawn.first().isVisible()).toBe(true);
    expect(await page.locator(`.on-${colorScheme === 'dark' ? 'light' : 'dark'} svg`).first().isVisible()).toBe(false);
    expect(await page.evaluate('document.documentElement.scrollWidth - innerWidth')).toBe(0);
    await context.close();
  });

  it('has nothing that axe-core finds wrong, in both themes', async () => {
    for (const colorScheme of ['light', 'dark'] as const) {
      // The page allows no script, so that the one that looks at it has to come in past its policy.
      const context = await browser.newContext({ colorScheme, bypassCSP: true });
      const page = await context.newPage();
      await page.goto(pathToFileURL(join(place, 'report.html')).href);
      await page.evaluate(readFileSync(axe, 'utf8'));
      const found = await page.evaluate<{ id: string; nodes: { html: string }[] }[]>('axe.run(document).then(({ violations }) => violations)');
      expect(found.map(({ id, nodes }) => `${id}: ${nodes[0].html}`)).toEqual([]);
      await context.close();
    }
  });

  it('tells what the run was trained with, and how to do it again', async () => {
    const page = await browser.newPage();
    await page.goto(pathToFileURL(join(place, 'report.html')).href);
    const command = await page.locator('#repeat ~ pre').first().textContent();
    expect(command).toMatch(/^chromabench train '.*<i>photographs' --out '.*again' --preset fast --steps 20 --seed 1 /);
    expect(command).toContain('--set bins.lambda=0.3');
    const lambda = page.getByRole('row', { name: /^bins\.lambda.* changed/ });
    expect(await lambda.textContent()).toContain('changed; the preset has 0.6');
    expect(await page.getByRole('row', { name: /^bins\.window/ }).textContent()).not.toContain('changed');
    const { config } = JSON.parse(await readFile(join(run, 'run.json'), 'utf8')) as { config: object };
    expect(JSON.parse((await page.locator('details pre').textContent())!)).toMatchObject(config);
    expect(await page.getByRole('row', { name: /^This run/ }).textContent()).toMatch(/^This run\d+\.\d\d+\.\d/);
    await page.close();
  });
});
