import { describe, expect, it } from 'vitest';
import { drawGraph, type Drawing } from '../../../../src/main/core/graph-drawing/drawing.js';
import { MOST_CHILDREN, scopeTree, type DrawnNode } from '../../../../src/main/core/graph-drawing/scope-tree.js';

function draw(nodes: readonly DrawnNode[], open?: readonly string[], reveal?: string): Drawing {
  return drawGraph(nodes, scopeTree(nodes), open, reveal);
}

const node = (name: string, ...inputs: string[]): DrawnNode => ({ name, operation: 'Op', inputs });
const labels = ({ boxes }: Drawing): string[] => boxes.map(({ label }) => label);
/** Ends of the lines by the labels of their boxes. */
function ends({ boxes, lines }: Drawing): string[] {
  const labelOf = (id: string) => boxes.find((box) => box.id === id)?.label;
  return lines.map(({ from, to, count, control }) => `${labelOf(from)} ${control ? '-' : '='}${count}> ${labelOf(to)}`).sort();
}

const LAYERS = [
  node('x'), node('conv/weights'), node('conv/weights/read', 'conv/weights'), node('conv/product', 'x', 'conv/weights/read'), node('conv/relu', 'conv/product:0', '^x'), node('y', 'conv/relu'),
];

describe('a drawing of a graph', () => {
  it('shows a closed scope as one box, and what leads into it and out of it once, with how often', () => {
    const closed = draw(LAYERS, []);
    expect(labels(closed)).toEqual(['x', 'conv', 'y']);
    expect(ends(closed)).toEqual(['conv =1> y', 'x =2> conv']);
    expect(closed.boxes[1]).toMatchObject({ kind: 'scope', nodes: 4, open: false });
  });

  it('shows what lies in an open scope inside of its box; lines lead on within it from its side', () => {
    const opened = draw(LAYERS, ['s:conv']);
    expect(labels(opened)).toEqual(['x', 'conv', 'weights', 'product', 'relu', 'y']);
    expect(ends(opened)).toEqual(['conv -1> relu', 'conv =1> product', 'conv =1> y', 'product =1> relu', 'relu =1> conv', 'weights =1> product', 'x =2> conv']);
    const [, scope, ...rest] = opened.boxes;
    for (const { x, y, width, height, label } of rest.slice(0, 3)) {
      expect([x >= scope.x, y >= scope.y, x + width <= scope.x + scope.width, y + height <= scope.y + scope.height], label).toEqual([true, true, true, true]);
    }
  });

  it('lays what computes below what it takes, and lets no boxes lie over each other', () => {
    const { boxes } = draw(LAYERS);
    const y = (name: string) => boxes.find((box) => box.name === name && box.kind === 'node')?.y ?? NaN;
    expect([y('x') < y('conv/product'), y('conv/product') < y('conv/relu'), y('conv/relu') < y('y')]).toEqual([true, true, true]);
    const leaves = boxes.filter(({ open }) => !open);
    leaves.forEach((a, k) => leaves.slice(k + 1).forEach((b) => expect(a.x + a.width <= b.x || b.x + b.width <= a.x || a.y + a.height <= b.y || b.y + b.height <= a.y, `${a.label} ${b.label}`).toBe(true)));
  });

  it('opens a small graph as a whole, and a node that is called as a scope lies in it', () => {
    const whole = draw(LAYERS);
    expect(whole.open.sort()).toEqual(['s:conv', 's:conv/weights']);
    expect(labels(whole)).toContain('(weights)');
  });

  it('makes groups of more nodes than can be seen at once, in their order, and opens those around a node that is looked for', () => {
    const chain = Array.from({ length: 20_000 }, (_, k) => node(`n${k}`, ...(k ? [`n${k - 1}`] : [])));
    const closed = draw(chain);
    expect(closed.boxes.length).toBeLessThanOrEqual(MOST_CHILDREN);
    expect(closed.boxes.map(({ nodes }) => nodes).reduce((a, b) => a + b)).toBe(20_000);
    expect(closed.boxes[0].label).toMatch(/^n0 … n\d+$/);
    expect(closed.lines.length).toBe(closed.boxes.length - 1);
    const revealed = draw(chain, closed.open, 'n12345');
    expect(revealed.boxes.filter(({ kind }) => kind === 'node').map(({ name }) => name)).toContain('n12345');
  });

  it('refuses to draw more than anybody can see, in a sentence', () => {
    const many = Array.from({ length: 3000 }, (_, k) => node(`a${k % 50}/n${k}`));
    expect(() => draw(many, [...scopeTree(many).byId.keys()])).toThrow(/^3,\d{3} boxes would be seen at once; at most 1,500 are drawn\. Close some scopes first\.$/);
  });

  it('puts aside what is connected with nearly everything, and keeps its lines for when it is chosen', () => {
    const network = Array.from({ length: 30 }, (_, k) => node(`layer${k}`, ...(k ? [`layer${k - 1}`] : [])));
    const drawing = draw([...network, node('save', ...network.map(({ name }) => name))], []);
    const save = drawing.boxes.find(({ name }) => name === 'save');
    expect(save?.aside).toBe(true);
    expect(drawing.lines.filter(({ hidden }) => hidden).every(({ to }) => to === save?.id)).toBe(true);
    expect(drawing.lines.filter(({ hidden }) => !hidden).length).toBe(29);
  });

  it('stays within bounds for names without end and for a graph where all is connected', () => {
    const deep = draw([node(Array.from({ length: 5000 }, () => 'a').join('/')), node(`${'b/'.repeat(5000)}c`, 'a/a')], undefined);
    expect(deep.boxes.length).toBeLessThan(60);
    const complete = Array.from({ length: 70 }, (_, k) => node(`n${k}`, ...Array.from({ length: k }, (__, i) => `n${i}`)));
    const drawing = draw(complete, []);
    expect(drawing.lines.length + drawing.left).toBe((70 * 69) / 2);
    expect(drawing.left).toBeGreaterThan(0);
  });
});
