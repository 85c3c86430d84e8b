import { cpSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { type Catalogue, readCatalogue } from '../../../../src/main/core/catalogue/catalogue.js';
import { catalogueId, cataloguePath } from '../../../../src/main/core/catalogue/catalogue-files.js';
import { makeCatalogue } from '../../../../src/main/core/catalogue/make-catalogue.js';
import { quietContext } from '../../../../src/main/core/job.js';
import { scanFolder } from '../../../../src/main/core/photos/scan.js';
import { ColourHistogram } from '../../../../src/shared/colour/histogram.js';

const examples = join(import.meta.dirname, '../../../../resources/photographs/training');
let place: string;
let folder: string;

beforeAll(() => {
  place = mkdtempSync(join(tmpdir(), 'chromabench-catalogue-'));
  process.env.CHROMABENCH_CACHE = join(place, 'cache');
  folder = join(place, 'photographs');
  const copies = { 'coast/one.jpg': 'sea-sunset-01', 'coast/two.jpg': 'sea-sunset-02', 'park/one.jpg': 'park-01', 'top.jpg': 'sunset-01', 'park/again.jpg': 'park-01' };
  for (const [name, source] of Object.entries(copies)) {
    mkdirSync(join(folder, name, '..'), { recursive: true });
    cpSync(join(examples, `${source}.jpg`), join(folder, name));
  }
  writeFileSync(join(folder, 'notes.txt'), 'no picture');
});

afterAll(() => rmSync(place, { recursive: true }));

test('what was made is what is read: counts, subfolders, pages, reasons, places', async () => {
  const made = await makeCatalogue(folder, quietContext());
  expect(made.subfolders).toEqual([{ name: 'coast', photographs: 2 }, { name: 'park', photographs: 1 }]);
  expect([made.files, made.counts.used, made.counts.duplicate, made.atTop]).toEqual([6, 4, 1, 1]);
  const catalogue = (await readCatalogue(made.id)) as Catalogue;
  expect(catalogue.summary).toEqual(made);
  expect(catalogue.photographs(['coast'], { from: 1, count: 10 })).toMatchObject({ total: 2, items: [{ path: 'coast/two.jpg', width: 256, height: 256 }] });
  expect(catalogue.excluded('duplicate', { from: 0, count: 10 }).items[0].reason).toContain('park/');
  const { index } = catalogue.photographs(['park'], { from: 0, count: 1 }).items[0];
  expect(catalogue.photograph(index)?.path.startsWith(join(folder, 'park'))).toBe(true);
  expect(catalogue.photograph(99)).toBeUndefined();
});

test('the colours of the parts add up to those of the scan', async () => {
  const { id } = await makeCatalogue(folder, quietContext());
  const scan = await scanFolder(folder, { context: quietContext() });
  const all = new ColourHistogram();
  all.add(((await readCatalogue(id)) as Catalogue).colours(undefined));
  expect(all.pixels).toBe(scan.histogram.pixels);
  expect(all.counts).toEqual(scan.histogram.counts);
  const furthest = all.sumA.reduce((most, sum, cell) => Math.max(most, Math.abs(sum - scan.histogram.sumA[cell]) / Math.max(1, all.counts[cell])), 0);
  expect(furthest).toBeLessThan(0.001);
  await scan.close();
});

test('a damaged catalogue, or one of another form, counts as none', async () => {
  const id = catalogueId(folder);
  writeFileSync(cataloguePath(id), '{"version": 0}');
  expect(await readCatalogue(id)).toBeUndefined();
  writeFileSync(cataloguePath(id), '{');
  expect(await readCatalogue(id)).toBeUndefined();
});

test('files that are not used stand between the photographs, in the order of the folder', async () => {
  const { id } = await makeCatalogue(folder, quietContext());
  const catalogue = (await readCatalogue(id)) as Catalogue;
  const { total, items } = catalogue.files(undefined, { from: 0, count: 10 });
  expect(total).toBe(6);
  expect(items.map(({ kind, path }) => [kind, path])).toEqual([
    ['excluded', 'notes.txt'], ['photograph', 'top.jpg'], ['photograph', 'coast/one.jpg'], ['photograph', 'coast/two.jpg'], ['photograph', 'park/again.jpg'], ['excluded', 'park/one.jpg'],
  ]);
  expect(catalogue.excludedPath(items[5].index)).toBe(join(folder, 'park', 'one.jpg'));
  expect(catalogue.excludedPath(99)).toBeUndefined();
  expect(catalogue.files(['park'], { from: 1, count: 5 })).toMatchObject({ total: 2, items: [{ kind: 'excluded', fate: 'duplicate' }] });
});
