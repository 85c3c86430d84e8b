import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, describe, expect, test } from 'vitest';
import { checkout, Workplace } from './program.js';

const place = new Workplace();
afterAll(() => place.remove());
const graphs = (...parts: string[]) => join(checkout, 'test/fixtures/graphs', ...parts);

describe('graph', () => {
  test('info, nodes and checkpoint say what is there', async () => {
    const { out } = await place.run('graph', 'info', graphs('control-2-resources/graph.pbtxt'));
    expect(out).toMatch(/graph\.pbtxt: GraphDef in text form, .*52 nodes/);
    expect(out).toContain('factor  float32 [] (has a default)');
    const nodes = await place.run('graph', 'nodes', graphs('control-2-resources/graph.pb'), '--find', 'cond', '--json');
    expect((JSON.parse(nodes.out) as { nodes: { name: string }[] }).nodes.map(({ name }) => name)).toContain('cond');
    const checkpoint = await place.run('graph', 'checkpoint', graphs('partitioned-references/model.ckpt'));
    expect(checkpoint.out).toContain('part/w  float32 [6, 4] in 3 parts');
  });

  test('draw writes a picture with the scopes open that are named, and no other file of that name is replaced', async () => {
    const drawn = await place.run('graph', 'draw', graphs('convolution-resources/graph.pb'), '--open', 'conv1', '--out', 'graph.svg', '--json');
    expect(JSON.parse(drawn.out)).toMatchObject({ open: ['s:conv1'] });
    expect(readFileSync(place.path('graph.svg'), 'utf8')).toContain('>conv1</text>');
    const again = await place.run('graph', 'draw', graphs('convolution-resources/graph.pb'), '--out', 'graph.svg');
    expect([again.code, again.err]).toEqual([1, expect.stringContaining('graph.svg')]);
    const unknown = await place.run('graph', 'draw', graphs('gather-resources/graph.pb'), '--reveal', 'rowz', '--out', 'gather.png');
    expect([unknown.code, unknown.err]).toEqual([1, expect.stringContaining('The graph has no node rowz. Did you mean rows?')]);
  });

  test('freeze, then run: what is fetched lies in a file of its name', async () => {
    const frozen = await place.run('graph', 'freeze', '--graph', graphs('saved-keras'), '--out', 'frozen.pb', '--json');
    expect(frozen.code).toBe(0);
    expect(JSON.parse(frozen.out)).toMatchObject({ variables: 8, outputs: [{ name: 'classes' }] });
    const run = await place.run('graph', 'run', 'frozen.pb', '--feed', 'serving_default_picture=random:4x8x8x1', '--fetch', 'classes,serving_default_picture', '--out', 'result', '--format', 'npy,csv');
    expect(run.code).toBe(0);
    expect(run.out).toMatch(/classes {2}float32 \[4, 3\], from 0\.\d+ to 0\.\d+, mean 0\.33333/);
    const rows = readFileSync(place.path('result/classes.csv'), 'utf8').trim().split('\n').map((line) => line.split(',').map(Number));
    rows.forEach((row) => expect(row.reduce((sum, share) => sum + share, 0)).toBeCloseTo(1, 5));
    expect(existsSync(place.path('result/serving_default_picture.npy'))).toBe(true);
  });

  test('what goes wrong is a sentence and an exit code', async () => {
    const wrong = await place.run('graph', 'freeze', '--graph', graphs('gather-resources/graph.pb'), '--checkpoint', graphs('gather-resources/model.ckpt'), '--outputs', 'rowz', '--out', 'x.pb');
    expect([wrong.code, wrong.err.trim().split('\n').at(-1)]).toEqual([1, expect.stringContaining('The graph has no node rowz. Did you mean rows?')]);
    expect(existsSync(place.path('x.pb'))).toBe(false);
    const unnamed = await place.run('graph', 'freeze', '--graph', graphs('gather-resources/graph.pb'), '--checkpoint', graphs('gather-resources/model.ckpt'), '--out', 'x.pb');
    expect([unnamed.code, unnamed.err]).toEqual([1, expect.stringMatching(/Name the output nodes\. Nodes that nobody reads: .*rows.*\. Option: --outputs NAME/)]);
    const feed = await place.run('graph', 'run', 'x.pb', '--feed', 'x', '--fetch', 'y', '--out', 'z');
    expect([feed.code, feed.err]).toEqual([2, expect.stringContaining('It must be NAME=FILE or NAME=random:1x32x32x1.')]);
  });
});
