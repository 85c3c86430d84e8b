import { createPinia, setActivePinia } from 'pinia';
import { nextTick } from 'vue';
import { beforeEach, describe, expect, it, vi } from 'vitest';
import { useGraphDrawing } from '../../src/renderer/stores/graph-drawing.js';
import { useGraphs } from '../../src/renderer/stores/graphs.js';
import { TensorFiguresList } from '../../src/renderer/views/graphs/tensor-figures.js';

/** Requests that wait to be answered, in the order in which they were made. */
const { waiting } = vi.hoisted(() => ({ waiting: [] as { name: string; answer: (reply: unknown) => void; refuse: (reason: Error) => void }[] }));
vi.mock('../../src/renderer/api/door.js', () => ({ door: { request: (name: string) => new Promise((answer, refuse) => waiting.push({ name, answer, refuse })) } }));

async function answer(name: string, reply: unknown): Promise<void> {
  const [request] = waiting.splice(waiting.findIndex((each) => each.name === name), 1);
  request.answer(reply);
  await new Promise((done) => setTimeout(done));
  await nextTick();
}

beforeEach(() => {
  waiting.length = 0;
  setActivePinia(createPinia());
  vi.stubGlobal('sessionStorage', { setItem: () => {}, getItem: () => null, removeItem: () => {} });
});

describe('graphs of the window', () => {
  it('does not show the drawing of a graph in whose place another was opened meanwhile', async () => {
    const [graphs, drawing] = [useGraphs(), useGraphDrawing()];
    void graphs.open('/first.pb');
    await answer('openGraph', { path: '/first.pb' });
    void drawing.draw();
    void graphs.open('/second.pb');
    await answer('openGraph', { path: '/second.pb' });
    await answer('drawGraph', { open: ['of the first'] });
    expect(drawing.drawing).toBeUndefined();
    expect(drawing.busy).toBe(false);
    void drawing.draw();
    await answer('drawGraph', { open: ['of the second'] });
    expect(drawing.drawing?.open).toEqual(['of the second']);
  });

  it('says that a file is read until it is, also where it was asked for twice', async () => {
    const graphs = useGraphs();
    void graphs.open('/same.pb');
    void graphs.open('/same.pb');
    await new Promise((done) => setTimeout(done));
    expect(graphs.reading).toBe('/same.pb');
    await answer('openGraph', { path: '/same.pb' });
    await answer('openGraph', { path: '/same.pb' });
    expect(graphs.reading).toBeUndefined();
  });

  it('opens no graph with the weights of another: they may fit, and a proof could not tell', async () => {
    const graphs = useGraphs();
    void graphs.openCheckpoint('/first.ckpt');
    await answer('openCheckpoint', { prefix: '/first.ckpt' });
    expect(graphs.checkpoint).toBeDefined();
    void graphs.open('/second.pb');
    await answer('openGraph', { path: '/second.pb' });
    expect(graphs.checkpoint).toBeUndefined();
  });

  it('takes a file that has changed on disk for another graph: what was drawn of it goes', async () => {
    const [graphs, drawing] = [useGraphs(), useGraphDrawing()];
    void graphs.open('/first.pb');
    await answer('openGraph', { path: '/first.pb', stamp: 'before' });
    void drawing.draw();
    await answer('drawGraph', { open: ['before'] });
    const opened = graphs.opened;
    void graphs.refresh();
    await answer('openGraph', { path: '/first.pb', stamp: 'before' });
    expect([drawing.drawing?.open, graphs.opened]).toEqual([['before'], opened]);
    void graphs.refresh();
    await answer('openGraph', { path: '/first.pb', stamp: 'after' });
    expect([drawing.drawing, graphs.opened]).toEqual([undefined, opened + 1]);
  });
});

describe('figures of tensors', () => {
  const tensor = { name: 'w', type: 'float32', shape: [2], bytes: 8, parts: 0 };

  it('that could not be read are asked for again, not at once, and always for a file', async () => {
    const list = new TensorFiguresList('/model.ckpt');
    const refuse = async () => {
      waiting.splice(0, 1)[0].refuse(new Error('busy'));
      await new Promise((done) => setTimeout(done));
    };
    list.of(tensor);
    await refuse();
    expect([list.of(tensor), waiting.length]).toEqual([null, 0]);
    const told = list.all([tensor]);
    await answer('figuresOfTensor', { mean: 1 });
    expect((await told)[0]).toEqual({ mean: 1 });
    expect([list.of(tensor), waiting.length]).toEqual([{ mean: 1 }, 0]);
  });
});
