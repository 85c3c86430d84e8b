import { execFileSync } from 'node:child_process';
import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { readGraphFile } from '../../../../src/main/core/graph-files/graph-file.js';
import { encodeMessage, printMessage } from '../../../../src/main/core/graph-files/message-file.js';
import { messageType } from '../../../../src/main/core/graph/schema.js';
import { temporaryFolder } from '../../../helpers/temporary-folder.js';
import { fixture, OLD_STYLE } from '../frozen-graphs/fixtures.js';

const GRAPH = messageType('GraphDef');

async function file(name: string, content: Buffer | string): Promise<string> {
  const path = join(await temporaryFolder('graph-file'), name);
  await writeFile(path, content);
  return path;
}

describe('a graph file', () => {
  it.each([
    ['graph.pb', 'GraphDef', false],
    ['graph.pbtxt', 'GraphDef', true],
    ['model.ckpt.meta', 'MetaGraphDef', false],
  ])('%s is told by its content', async (name, format, text) => {
    const read = await readGraphFile(fixture('control-2-resources', name));
    expect([read.format, read.text]).toEqual([format, text]);
    expect(read.graph.node.length).toBeGreaterThan(20);
  });

  it('may be the folder of a SavedModel', async () => {
    const read = await readGraphFile(fixture('saved-module'));
    expect(read.format).toBe('SavedModel');
    expect(Object.keys(read.meta?.signatureDef ?? {})).toContain('serving_default');
  });

  it.each([
    ['nothing', '', / is empty/],
    ['words', 'hello, world\n', / is not a whole TensorFlow graph/],
    ['lite.tflite', Buffer.concat([Buffer.from([28, 0, 0, 0]), Buffer.from('TFL3....')]), / is a TensorFlow Lite model/],
    ['keras.h5', Buffer.from('\u0089HDF\r\n\u001a\n', 'latin1'), / is a Keras model in HDF5/],
    ['model.keras', Buffer.from('PK\u0003\u0004....', 'latin1'), / is a zip archive/],
    ['bomb.pb', Buffer.from('0a00'.repeat(4_000_000), 'hex'), /would take more than the 512 MB of memory/],
    ['zeros.pb', Buffer.alloc(1000), /field without a number/],
  ])('that is none is refused with a sentence: %s', async (name, content, message) => {
    await expect(readGraphFile(await file(name, content))).rejects.toThrow(message);
  });

  it('that is cut off anywhere gives a sentence', async () => {
    const { graph } = await readGraphFile(fixture('gather-resources', 'graph.pb'));
    const whole = encodeMessage(GRAPH, graph);
    for (const end of [1, 2, 100, whole.length >> 1, whole.length - 1]) {
      await expect(readGraphFile(await file('cut.pb', whole.subarray(0, end)))).rejects.toThrow(/breaks off|no graph/);
    }
  });

  it('of attributes within attributes is read to a depth', async () => {
    let nested = Buffer.from([0x2a, 0]);
    const wrapped = (field: number, content: Buffer) => Buffer.concat([Buffer.from([field * 8 + 2]), varint(content.length), content]);
    for (let depth = 0; depth < 200; depth++) nested = wrapped(10, wrapped(2, wrapped(2, nested)));
    const node = wrapped(1, wrapped(5, wrapped(2, nested)));
    await expect(readGraphFile(await file('deep.pb', node))).rejects.toThrow(/nest more than 60 deep|no whole|not a whole/);
  });

  const python = process.env['CHROMABENCH_PYTHON'];
  it.skipIf(python === undefined)('is written in text and binary as Python reads it back, to the last field', async () => {
    const folder = await temporaryFolder('round-trip');
    const pairs: string[] = [];
    for (const name of OLD_STYLE) {
      const { graph } = await readGraphFile(fixture(name, 'graph.pb'));
      await writeFile(join(folder, `${name}.pbtxt`), printMessage(GRAPH, graph));
      const { graph: again } = await readGraphFile(fixture(name, 'graph.pbtxt'));
      await writeFile(join(folder, `${name}.pb`), encodeMessage(GRAPH, again));
      pairs.push(fixture(name, 'graph.pb'), join(folder, `${name}.pbtxt`), join(folder, `${name}.pb`));
    }
    const told = execFileSync(python as string, ['-c', SAME, ...pairs], { encoding: 'utf8', stdio: ['ignore', 'pipe', 'ignore'] });
    expect(told.trim()).toBe(`${OLD_STYLE.length} the same`);
  }, 300_000);
});

function varint(value: number): Buffer {
  const bytes: number[] = [];
  let rest = value;
  for (; rest > 127; rest = Math.floor(rest / 128)) bytes.push((rest % 128) | 128);
  return Buffer.from([...bytes, rest]);
}

const SAME = `
import sys
from google.protobuf import text_format
from tensorflow.core.framework.graph_pb2 import GraphDef
same = 0
for original, text, binary in zip(sys.argv[1::3], sys.argv[2::3], sys.argv[3::3]):
    a, b, c = GraphDef(), GraphDef(), GraphDef()
    a.ParseFromString(open(original, "rb").read())
    text_format.Parse(open(text).read(), b)
    c.ParseFromString(open(binary, "rb").read())
    bytes_ = [g.SerializeToString(deterministic=True) for g in (a, b, c)]
    same += bytes_[0] == bytes_[1] == bytes_[2]
print(same, "the same")
`;
