import { execFileSync } from 'node:child_process';
import { mkdtempSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest';
import {
  add, decodeGraphDef, denseLayer, encodeGraphDef, glorotUniform, Graph, identity, mean, minimize, multiply, placeholder, Session, square, stateSignatures,
  subtract, type Optimizer,
} from '../../../../src/main/core/graph/index.js';
import { heldTensors } from '../../../../src/main/core/graph/session.js';

/** y = x · weights + bias towards given values, with Adam. */
function regression(optimizer: Optimizer = { kind: 'adam' }) {
  const graph = new Graph();
  const x = placeholder(graph, 'x', 'float32', [null, 3]);
  const y = placeholder(graph, 'y', 'float32', [null, 2]);
  const rate = placeholder(graph, 'rate', 'float32', []);
  const predicted = denseLayer(x, { name: 'dense', units: 2, initializer: glorotUniform });
  const loss = mean(square(subtract(predicted, y)));
  const updates = minimize({ loss, variables: graph.variables.trainable, rate, optimizer });
  const train = { inputs: { x, y, rate }, outputs: { loss: identity(loss, 'train_loss', updates) } };
  return { graph, signatures: { train, ...stateSignatures(graph) } };
}

const feeds = () => ({
  x: { data: Float32Array.from({ length: 30 }, (_, i) => Math.sin(i)), shape: [10, 3] },
  y: { data: Float32Array.from({ length: 20 }, (_, i) => Math.cos(i)), shape: [10, 2] },
  rate: 0.05,
});

type Opened = Session<'train' | 'initialize' | 'save' | 'restore'>;

async function opened(optimizer?: Optimizer): Promise<Opened> {
  const { graph, signatures } = regression(optimizer);
  const session = await Session.open(graph, signatures);
  session.run('initialize', { seed: [7, 8] });
  return session;
}

const lossOf = (session: Opened): number => (session.run('train', feeds()).loss.data as Float32Array)[0];

describe('a session', () => {
  let folder: string;
  beforeAll(() => {
    folder = mkdtempSync(join(tmpdir(), 'session-test-'));
  });
  afterAll(() => {
    rmSync(folder, { recursive: true });
    expect(heldTensors()).toBe(0);
  });

  it('trains, and leaves neither tensors nor folders behind', async () => {
    // A temporary folder of its own: other processes have sessions too.
    const temporary = mkdtempSync(join(folder, 'tmp-'));
    vi.stubEnv('TMPDIR', temporary);
    const session = await opened();
    vi.unstubAllEnvs();
    const first = lossOf(session);
    for (let step = 0; step < 100; step++) lossOf(session);
    expect(lossOf(session)).toBeLessThan(first / 2);
    expect(heldTensors()).toBe(0);
    expect(readdirSync(temporary)).toEqual([]);
    session.close();
  });

  it('starts from the seed: the same gives the same, another one another', async () => {
    const [a, b] = [await opened(), await opened()];
    const weights = (session: Opened) => session.readVariables(['dense/weights']).get('dense/weights')?.data;
    expect(weights(a)).toEqual(weights(b));
    b.run('initialize', { seed: [7, 9] });
    expect(weights(a)).not.toEqual(weights(b));
    a.close();
    b.close();
  });

  it('holds bounded memory over many steps', async () => {
    const session = await opened();
    const run = (steps: number) => {
      for (let step = 0; step < steps; step++) lossOf(session);
    };
    run(500);
    const before = process.memoryUsage.rss();
    run(3000);
    expect(process.memoryUsage.rss() - before).toBeLessThan(50e6);
    session.close();
  });

  it.each<[string, Optimizer]>([
    ['sgd', { kind: 'sgd', weightDecay: 0.01 }],
    ['momentum', { kind: 'momentum', momentum: 0.9, nesterov: true }],
    ['adam', { kind: 'adam' }],
  ])('goes on from a checkpoint as if never stopped: %s', async (name, optimizer) => {
    const prefix = join(folder, name);
    const whole = await opened(optimizer);
    for (let step = 0; step < 5; step++) lossOf(whole);
    whole.run('save', { prefix });
    const expected = [lossOf(whole), lossOf(whole)];
    whole.close();

    const resumed = await opened(optimizer);
    resumed.run('restore', { prefix });
    expect(resumed.readVariables(['global_step']).get('global_step')?.data[0]).toBe(5);
    expect([lossOf(resumed), lossOf(resumed)]).toEqual(expected);
    resumed.close();
    expect(readdirSync(folder).filter((file) => file.startsWith(`${name}.`)).sort()).toEqual([`${name}.data-00000-of-00001`, `${name}.index`]);
  });

  it('refuses a checkpoint of another shape and one that is missing', async () => {
    const session = await opened();
    session.run('save', { prefix: join(folder, 'other') });
    session.close();
    const graph = new Graph();
    graph.variables.create({ name: 'dense/weights', shape: [3, 5], initializer: glorotUniform });
    const other = await Session.open(graph, { ...stateSignatures(graph) });
    expect(() => other.run('restore', { prefix: join(folder, 'other') })).toThrow(/shape/i);
    expect(() => other.run('restore', { prefix: join(folder, 'none') })).toThrow(/none/);
    other.close();
  });

  it('says which feed is wrong', async () => {
    const session = await opened();
    const { x, y } = feeds();
    expect(() => session.run('train', { x, y })).toThrow('train needs rate, float32 []');
    expect(() => session.run('train', { x: y, y, rate: 1 })).toThrow('train needs x as float32 [?, 3], not 20 values as [10, 2]');
    expect(() => session.run('train', { x, y, rate: 1, photo: 1 })).toThrow('train takes no photo; it takes x, y, rate');
    session.close();
    expect(() => lossOf(session)).toThrow('this session is closed');
  });

  it('passes numbers, bools and strings through', async () => {
    const graph = new Graph();
    const inputs = {
      number: placeholder(graph, 'number', 'int32', [null]),
      flag: placeholder(graph, 'flag', 'bool', []),
      text: placeholder(graph, 'text', 'string', []),
    };
    const outputs = Object.fromEntries(Object.entries(inputs).map(([name, tensor]) => [name, identity(tensor, `${name}_out`)]));
    const session = await Session.open(graph, { echo: { inputs, outputs } });
    const { number, flag, text } = session.run('echo', { number: [1, -2], flag: true, text: 'Grün' });
    expect([...number.data, ...flag.data, ...text.data]).toEqual([1, -2, 1, 'Grün']);
    session.close();
  });

  it('keeps sessions apart', async () => {
    const [a, b] = [await opened(), await opened()];
    lossOf(a);
    expect(a.readVariables(['global_step']).get('global_step')?.data[0]).toBe(1);
    expect(b.readVariables(['global_step']).get('global_step')?.data[0]).toBe(0);
    a.close();
    b.close();
  });

  it('writes GraphDef that reads back as the same nodes', () => {
    const { graph } = regression();
    const message = decodeGraphDef(encodeGraphDef(graph));
    expect(message.node.map(({ name, op }) => [name, op])).toEqual(graph.nodes.map(({ name, operation }) => [name, operation]));
    expect(message.node.find(({ name }) => name === 'x')?.attr?.shape.shape?.dim?.map(({ size }) => size)).toEqual([-1, 3]);
    expect(decodeGraphDef(encodeGraphDef(message))).toEqual(message);
  });

  it('tells TensorFlow\'s reason where a run fails', async () => {
    const graph = new Graph();
    const a = placeholder(graph, 'a', 'float32', [null]);
    const b = placeholder(graph, 'b', 'float32', [null]);
    const session = await Session.open(graph, { sum: { inputs: { a, b }, outputs: { sum: add(a, multiply(b, b)) } } });
    expect(() => session.run('sum', { a: [1, 2], b: [1, 2, 3] })).toThrow(/Incompatible shapes/);
    session.close();
  });

  const python = process.env['CHROMABENCH_PYTHON'];
  describe.skipIf(python === undefined)('and Python TensorFlow', () => {
    it('reads our checkpoint and writes one that we read', async () => {
      const ours = join(folder, 'ours');
      const theirs = join(folder, 'theirs');
      const session = await opened();
      lossOf(session);
      session.run('save', { prefix: ours });
      const script = join(folder, 'exchange.py');
      writeFileSync(script, EXCHANGE);
      const told = JSON.parse(execFileSync(python as string, [script, ours, theirs], { encoding: 'utf8', stdio: ['ignore', 'pipe', 'ignore'] })) as Record<string, number[]>;
      for (const [name, { data }] of session.readVariables()) expect(told[name], name).toEqual([...(data as Float32Array)]);
      session.run('restore', { prefix: theirs });
      for (const [name, { data }] of session.readVariables()) {
        const doubled = told[name].map((value) => Math.fround(2 * value));
        expect([...(data as Float32Array)], name).toEqual(doubled);
      }
      session.close();
    });
  });
});

/** Prints every tensor of a checkpoint and writes another one with doubled values by Python's own saver. */
const EXCHANGE = `
import json, os, sys
os.environ["TF_CPP_MIN_LOG_LEVEL"] = "2"
import tensorflow as tf
reader = tf.train.load_checkpoint(sys.argv[1])
values = {name: reader.get_tensor(name) for name in reader.get_variable_to_shape_map()}
print(json.dumps({name: [float(v) for v in value.ravel()] for name, value in values.items()}))
saver = tf.compat.v1.train.Saver({name: tf.Variable(value * value.dtype.type(2), dtype=value.dtype) for name, value in values.items()})
saver.save(None, sys.argv[2], write_meta_graph=False, write_state=False)
`;
