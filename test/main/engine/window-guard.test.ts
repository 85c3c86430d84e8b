/** What windows may ask: every request and every kind of job that names a path, tried with paths that nobody chose. */
import { mkdirSync, realpathSync, symlinkSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { beforeAll, describe, expect, test } from 'vitest';
import { Chooser } from '../../../src/main/engine/chooser.js';
import { Grants } from '../../../src/main/engine/grants.js';
import { pathsOfRequest, WindowGuard } from '../../../src/main/engine/window-guard.js';
import { checked } from '../../../src/shared/contract/check.js';
import { type JobKind, jobKindNames, specOf } from '../../../src/shared/contract/kinds.js';
import { type RequestName, requestNames, REQUESTS } from '../../../src/shared/contract/requests.js';
import { PRESETS } from '../../../src/shared/run/presets.js';
import { sampleOf } from '../../helpers/schema-sample.js';
import { temporaryFolder } from '../../helpers/temporary-folder.js';

/** Texts that are no paths: ids, names of what lies in a folder, words. A new one belongs here or among the paths of its message. */
const NO_PATHS = new Set([
  'cancelJob id', 'controlJob id', 'outcomeOfJob id', 'parametersOfJob id', 'runOfJob id', 'labOfJob id', 'showExport job',
  // Judged by the chooser itself: only what it showed.
  'makeFolder name',
  // Subfolders, refused by the walk where they lead out.
  'listPhotographs subfolders.0', 'listFiles subfolders.0', 'coloursOfPhotographs subfolders.0', 'inspect only.0', 'charts only.0',
  'train config.photos.subfolders.0', 'estimate config.photos.subfolders.0', 'estimateTraining config.photos.subfolders.0',
  // What a file of hints is called and holds; the window has read it.
  'takeHintsFile name', 'takeHintsFile text',
  // Looked for among what is there.
  'listExcluded fate', 'graphNodes find', 'readFilters layer',
  // Names of nodes and operations in a graph.
  'graphNode name', 'graphDraw body', 'graphDraw open.0', 'graphDraw reveal', 'graphFreeze outputs.0', 'graphFreeze feeds.0.name', 'graphFreeze allow.0', 'graphRun feeds.0.name', 'graphRun fetches.0', 'graphRun allow.0',
  'listGraphNodes body', 'listGraphNodes find', 'readGraphNode body', 'readGraphNode name', 'readGraphWeights body', 'readGraphWeights name', 'drawGraph body', 'drawGraph open.0', 'drawGraph reveal',
  // Where a cluster answers, and places of its machines, which nothing here opens.
  ...['clusterTrain', 'clusterResume'].flatMap((kind) => [`${kind} address`, `${kind} storage`, `${kind} place`]),
  'clusterTrain config.photos.subfolders.0',
  // Names of tensors in a checkpoint.
  'figuresOfTensor name', 'readTensorWeights name',
]);
/** Asked by the dialog in the page; it has rules of its own. */
const OF_CHOOSER = ['listFolder', 'makeFolder', 'choosePaths'];

/** A training's settings hang together: a preset's, with a list of test photographs. */
function jobSample(kind: JobKind, pathAt?: (field: string) => string) {
  const sample = sampleOf(specOf(kind).parameters, pathAt);
  if (kind !== 'train' && kind !== 'clusterTrain') return sample;
  const { testList } = (sample.value as { config: { photos: { testList: string } } }).config.photos;
  const config = { ...PRESETS.fast.config, photos: { ...PRESETS.fast.config.photos, testList } };
  return { ...sample, value: { ...(sample.value as object), config } };
}

describe('every path is declared', () => {
  test.each(jobKindNames)('of the job %s', (kind) => {
    const { value, paths, freeTexts } = jobSample(kind);
    const spec = specOf(kind);
    expect([...spec.paths(checked(spec.parameters, value, kind))].sort()).toEqual(paths.sort());
    expect(freeTexts.filter((field) => !NO_PATHS.has(`${kind} ${field}`))).toEqual([]);
  });

  test.each(requestNames.filter((name) => name !== 'startJob' && !OF_CHOOSER.includes(name)))('of the request %s', (name) => {
    const { value, paths, freeTexts } = sampleOf(REQUESTS[name].body);
    expect([...pathsOfRequest(name, value)].sort()).toEqual(paths.sort());
    expect(freeTexts.filter((field) => !NO_PATHS.has(`${name} ${field}`))).toEqual([]);
  });
});

describe.skipIf(process.platform === 'win32')('what was not chosen', () => {
  let place: string;
  let grants: Grants;
  let guard: WindowGuard;

  beforeAll(async () => {
    place = realpathSync(await temporaryFolder('guard'));
    for (const folder of ['chosen/sub', 'other', 'settings']) mkdirSync(join(place, folder), { recursive: true });
    writeFileSync(join(place, 'other/secret.txt'), 'secret');
    symlinkSync(join(place, 'other'), join(place, 'chosen/out'));
    symlinkSync(join(place, 'nowhere'), join(place, 'chosen/dangling'));
    grants = new Grants([], join(place, 'settings'));
    guard = new WindowGuard(grants, true);
    await grants.grant([join(place, 'chosen')]);
  });

  const WRONG: [string, string, RegExp][] = [
    ['a place beside', 'other', /has not been chosen/],
    ['a file beside', 'other/secret.txt', /has not been chosen/],
    ['the folder above', '', /has not been chosen/],
    ['a step back', 'chosen/../other', /not a plain path/],
    ['a step back into it', 'chosen/sub/..', /not a plain path/],
    ['a link that leads out', 'chosen/out', /has not been chosen/],
    ['something new behind a link that leads out', 'chosen/out/new/file', /has not been chosen/],
    ['a link to nothing', 'chosen/dangling', /cannot be followed/],
    ['a name that begins like it', 'chosen2', /has not been chosen/],
    ['a path that ends early', 'chosen\0/../other', /not a plain path/],
  ];
  const wrong = (path: string) => `${place}/${path}`;

  async function refusalsOf(name: RequestName, body: (pathAt: (field: string) => string) => { value: unknown; paths: string[] }): Promise<void> {
    const fields: string[] = [];
    body((field) => (fields.push(field), join(place, 'chosen', field)));
    for (const bad of new Set(fields)) {
      for (const [, path, words] of WRONG) {
        const { value } = body((field) => (field === bad ? wrong(path) : join(place, 'chosen', 'sub')));
        await expect(guard.admit(name, value), `${name} ${bad} ${path}`).rejects.toThrow(words);
      }
    }
    await guard.admit(name, body(() => join(place, 'chosen', 'sub')).value);
  }

  test.each(jobKindNames.filter((kind) => jobSample(kind).paths.length))('the job %s is refused with any of its paths', async (kind) => {
    await refusalsOf('startJob', (pathAt) => {
      const { value, paths } = jobSample(kind, pathAt);
      return { value: { kind, parameters: value }, paths };
    });
  });

  test.each(requestNames.filter((name) => name !== 'startJob' && !OF_CHOOSER.includes(name) && sampleOf(REQUESTS[name].body).paths.length))('the request %s is refused', async (name) => {
    await refusalsOf(name, (pathAt) => sampleOf(REQUESTS[name].body, pathAt));
  });

  test('what is granted for a while is forgotten with the engine, the rest is not', async () => {
    await grants.grant([join(place, 'other')], { passing: true });
    expect(await grants.permits(join(place, 'other/secret.txt'))).toBe(true);
    const later = new Grants([], join(place, 'settings'));
    expect(await later.permits(join(place, 'other/secret.txt'))).toBe(false);
    expect(await later.permits(join(place, 'chosen/sub/new'))).toBe(true);
  });

  test('the dialog grants what it showed, and nothing else', async () => {
    const fresh = new Grants([], join(place, 'settings-of-chooser'));
    const chooser = new Chooser(fresh);
    await expect(chooser.choose([join(place, 'other')])).rejects.toThrow(/was not shown/);
    await expect(chooser.make(place, 'new')).rejects.toThrow(/was not shown/);
    await chooser.list({ path: place, kind: 'photographs', hidden: false });
    await expect(chooser.choose([join(place, 'other/secret.txt')])).rejects.toThrow(/was not shown/);
    await chooser.choose([join(place, 'other')]);
    expect(await fresh.permits(join(place, 'other/secret.txt'))).toBe(true);
    expect(await fresh.permits(join(place, 'chosen'))).toBe(false);
    expect(await chooser.make(place, 'made')).toBe(join(place, 'made'));
    await expect(chooser.make(place, '../made')).rejects.toThrow(/cannot be a folder/);
  });

  test('where the system has the dialog, windows look at no folders', async () => {
    const strict = new WindowGuard(grants, false);
    for (const name of OF_CHOOSER) await expect(strict.admit(name as RequestName, sampleOf(REQUESTS[name as RequestName].body).value)).rejects.toThrow(/dialog of the system/);
  });
});
