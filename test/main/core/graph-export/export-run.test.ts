import { execFileSync } from 'node:child_process';
import { cp, readdir, readFile, symlink, writeFile } from 'node:fs/promises';
import { fileURLToPath } from 'node:url';
import { join } from 'node:path';
import typescript from 'typescript';
import { describe, expect, it } from 'vitest';
import { colorizeFolder } from '../../../../src/main/core/colorizing/colorize-folder.js';
import { exportRun, type ExportFormat } from '../../../../src/main/core/graph-export/export-run.js';
import { quietContext } from '../../../../src/main/core/job.js';
import { sharp } from '../../../../src/main/core/photos/codec.js';
import { withModel } from '../../../../src/main/core/trained-model.js';
import { encodeMessage } from '../../../../src/main/core/graph-files/message-file.js';
import { messageType } from '../../../../src/main/core/graph/schema.js';
import { readGraphFile } from '../../../../src/main/core/graph-files/graph-file.js';
import { freezeGraph } from '../../../../src/main/core/frozen-graphs/freeze.js';
import { CheckpointReader } from '../../../../src/main/core/checkpoints/checkpoint-reader.js';
import { temporaryFolder } from '../../../helpers/temporary-folder.js';

const RUN = fileURLToPath(new URL('../../../fixtures/runs/version-1', import.meta.url));
const PHOTOGRAPHS = fileURLToPath(new URL('../../../../resources/photographs/held-out', import.meta.url));
const MODULES = fileURLToPath(new URL('../../../../node_modules', import.meta.url));

async function exported(format: ExportFormat, name: string, more: object = {}) {
  const folder = await temporaryFolder('export');
  const report = await exportRun({ run: RUN, checkpoint: 'newest', answer: 'ab', temperature: 0.38, structure: false, format, out: join(folder, name), ...more }, quietContext());
  return { folder, report, out: join(folder, name) };
}

/** A copy of the run whose last validation found a temperature. */
async function runThatFound(temperature: number, folder: string): Promise<string> {
  const run = join(folder, 'run');
  await cp(RUN, run, { recursive: true });
  const path = join(run, 'checkpoints/step-000020/checkpoint.json');
  const file = JSON.parse(await readFile(path, 'utf8')) as { validation: object };
  await writeFile(path, JSON.stringify({ ...file, validation: { ...file.validation, temperature } }));
  return run;
}

describe('a run exported', () => {
  it.each<[ExportFormat, string, number]>([['pbtxt', 'a.pbtxt', 1e-4], ['savedmodel', 'saved', 1e-4], ['tfjs', 'web', 1e-2], ['onnx', 'a.onnx', 1e-2], ['checkpoint', 'weights', 1e-4]])(
    'as %s answers as the run does, and leaves nothing else behind',
    async (format, name, within) => {
      const { folder, report } = await exported(format, name);
      expect(report.step).toBe(20);
      expect(report.largestDifference).toBeLessThan(within);
      expect(report.files.every((file) => file.startsWith(join(folder, name)))).toBe(true);
      expect((await readdir(folder)).filter((entry) => entry.startsWith('.'))).toEqual([]);
    },
  );

  it('is not written over what is there, and not under a name that says something else', async () => {
    const folder = await temporaryFolder('export');
    await writeFile(join(folder, 'a.onnx'), 'mine');
    const to = (format: ExportFormat, out: string) => exportRun({ run: RUN, checkpoint: 'best', answer: 'ab', temperature: 1, structure: false, format, out }, quietContext());
    await expect(to('onnx', join(folder, 'a.onnx'))).rejects.toThrow(/is there already/);
    await expect(to('pb', join(folder, 'a.pbtxt'))).rejects.toThrow(/wants a file that ends in \.pb/);
    expect(await readFile(join(folder, 'a.onnx'), 'utf8')).toBe('mine');
  });

  it.each<ExportFormat>(['pb', 'onnx', 'checkpoint', 'tfjs'])('as %s into a folder that is not there is refused with a sentence, and makes none', async (format) => {
    const folder = await temporaryFolder('export');
    const out = join(folder, 'missing', `a.${format}`);
    await expect(exportRun({ run: RUN, checkpoint: 'best', answer: 'ab', temperature: 1, structure: false, format, out }, quietContext())).rejects.toThrow(`The folder ${join(folder, 'missing')} is not there.`);
    expect(await readdir(folder)).toEqual([]);
  });

  it('colorizes no further once it is cancelled', async () => {
    const { folder, out } = await exported('pb', 'frozen.pb');
    const cancel = new AbortController();
    const work = withModel(out, 'newest', { signal: cancel.signal }, async ({ predictor }) => {
      setTimeout(() => cancel.abort(), 200);
      for (;;) await predictor.decode({ lightness: new Float32Array(256 * 256) }, { count: 1, height: 256, width: 256 }, 0.38);
    });
    await expect(work).rejects.toThrow(/abort/i);
    expect((await readdir(folder)).sort()).toEqual(['frozen.pb', 'frozen.py', 'frozen.ts']);
  });

  it('as structure and checkpoint gives the same frozen graph as in one step', async () => {
    const { out: structure } = await exported('pbtxt', 'structure.pbtxt', { structure: true });
    const { out: weights } = await exported('checkpoint', 'weights');
    const { out: whole } = await exported('pb', 'whole.pb');
    const names = (nodes: { name: string; op: string }[]) => nodes.map(({ name, op }) => `${name} ${op}`);
    const { graph } = await freezeGraph(await readGraphFile(structure), ['ab'], weights);
    expect(names(graph.node)).toEqual(names((await readGraphFile(whole)).graph.node));
    expect(names(graph.node)).toEqual(expect.arrayContaining(['lightness Placeholder', 'conv3/weights Const', 'distribution Softmax', 'ab Reshape']));
    const { entries } = await CheckpointReader.open(weights);
    expect(entries.some(({ name }) => name.startsWith('optimizer/'))).toBe(false);
  });

  it('as one frozen graph colorizes a folder with the same pictures as the run, within one level', async () => {
    const { folder, out } = await exported('pb', 'frozen.pb');
    const colorized = async (model: string, to: string) => {
      const target = join(folder, to);
      const options = { inputs: [PHOTOGRAPHS], out: target, temperature: 0.5, format: 'png' as const, overwrite: false };
      await withModel(model, 'newest', quietContext(), (opened) => colorizeFolder(options as Parameters<typeof colorizeFolder>[0], opened, quietContext()));
      return (await readdir(target, { recursive: true })).filter((name) => name.endsWith('.png')).sort().map((name) => join(target, name));
    };
    const [byRun, byGraph] = [await colorized(RUN, 'run'), await colorized(out, 'graph')];
    expect(byGraph.length).toBe(byRun.length);
    expect(byRun.length).toBeGreaterThan(10);
    for (const [i, path] of byRun.entries()) {
      const [a, b] = await Promise.all([path, byGraph[i]].map((file) => sharp(file).raw().toBuffer()));
      expect(a.length).toBe(b.length);
      expect(a.reduce((largest, value, at) => Math.max(largest, Math.abs(value - b[at])), 0)).toBeLessThanOrEqual(1);
    }
  });

  it.each<[ExportFormat, object, number]>([['pb', {}, 0.6], ['pbtxt', {}, 0.6], ['pb', { temperature: 0.85 }, 0.85]])('as %s with %j colorizes at %d unless told otherwise, as its run does', async (format, chosen, usual) => {
    const folder = await temporaryFolder('export');
    const [run, out] = [await runThatFound(0.6, folder), join(folder, `frozen.${format}`)];
    await exportRun({ run, checkpoint: 'newest', answer: 'ab', structure: false, format, out, ...chosen }, quietContext());
    const temperatureOf = (path: string) => withModel(path, 'newest', quietContext(), async ({ temperature }) => temperature);
    expect([await temperatureOf(run), await temperatureOf(out)]).toEqual([0.6, usual]);
  });

  it('is taken at the paper\'s temperature where the frozen graph has no default that can be', async () => {
    const { folder, out } = await exported('pb', 'frozen.pb', { temperature: 0.85 });
    const { graph } = await readGraphFile(out);
    const usual = graph.node.find(({ name }) => name === 'temperature/usual')!;
    for (const [name, tensor] of Object.entries({ zero: { floatVal: [0] }, none: { floatVal: [Number.NaN] } })) {
      const node = graph.node.map((each) => (each === usual ? { ...each, attr: { ...each.attr, value: { tensor: { ...each.attr!['value'].tensor!, tensorContent: undefined, ...tensor } } } } : each));
      const path = join(folder, `${name}.pb`);
      await writeFile(path, encodeMessage(messageType('GraphDef'), { ...graph, node }));
      expect(await withModel(path, 'newest', quietContext(), async ({ temperature }) => temperature)).toBe(0.38);
    }
  });

  it('comes with a program in TypeScript that loads it', async () => {
    const { folder, out } = await exported('pb', 'frozen.pb');
    const source = await readFile(out.replace(/pb$/, 'ts'), 'utf8');
    const { outputText } = typescript.transpileModule(source, { compilerOptions: { target: typescript.ScriptTarget.ES2022, module: typescript.ModuleKind.ESNext } });
    await symlink(MODULES, join(folder, 'node_modules'), 'junction');
    await writeFile(join(folder, 'frozen.mjs'), outputText);
    const told = execFileSync(process.execPath, [join(folder, 'frozen.mjs')], { encoding: 'utf8', stdio: ['ignore', 'pipe', 'ignore'] });
    expect(told).toBe('ab float32 [1,8,8,2]\n');
  });

  const python = process.env['CHROMABENCH_PYTHON'];
  it.skipIf(python === undefined)('is read by Python: loader, SavedModel, checkpoint, and the command for TensorFlow Lite', async () => {
    const { folder, out } = await exported('pb', 'frozen.pb');
    const { out: saved } = await exported('savedmodel', 'saved');
    const { out: weights } = await exported('checkpoint', 'weights');
    const told = execFileSync(python as string, ['-c', READ_BACK, folder, saved, weights], { encoding: 'utf8', stdio: ['ignore', 'pipe', 'ignore'] });
    const { loader, savedModel, names } = JSON.parse(told) as { loader: number[]; savedModel: number; names: number };
    expect(loader).toEqual([1, 16, 16, 2]);
    expect(savedModel).toBeLessThan(1e-4);
    expect(names).toBe((await CheckpointReader.open(weights)).entries.length);
    execFileSync(python as string, ['-m', 'tensorflow.lite.python.tflite_convert', '--enable_v1_converter', `--graph_def_file=${out}`, '--input_arrays=lightness', '--input_shapes=1,64,64,1', '--output_arrays=ab', `--output_file=${out}.tflite`], { stdio: 'ignore' });
    expect((await readFile(`${out}.tflite`)).subarray(4, 8).toString()).toBe('TFL3');
  }, 400_000);
});

const READ_BACK = `
import json, os, sys
os.environ["TF_CPP_MIN_LOG_LEVEL"] = "3"
import numpy as np, tensorflow as tf
folder, saved, weights = sys.argv[1:]
sys.path.insert(0, folder)
import frozen
x = tf.constant(np.random.default_rng(1).random([1, 64, 64, 1]).astype(np.float32) * 100)
[ab] = frozen.load()(x)
other = tf.saved_model.load(saved).signatures["serving_default"](lightness=x)["ab"]
names = len(tf.train.load_checkpoint(weights).get_variable_to_shape_map())
print(json.dumps({"loader": ab.shape.as_list(), "savedModel": float(tf.reduce_max(tf.abs(ab - other))), "names": names}))
`;
