/** Where boxes and connections of one open scope lie: in layers from top to bottom, by dagre. */
import { Graph, layout } from '@dagrejs/dagre';
import { FROM_OUTSIDE, TO_OUTSIDE, type Connection } from './visible.js';

export interface Size {
  id: string;
  width: number;
  height: number;
}

/** CSS pixels; x and y of the upper left corner. */
export interface Placed extends Size {
  x: number;
  y: number;
}

export interface Point {
  x: number;
  y: number;
}

export interface Layout {
  width: number;
  height: number;
  boxes: Placed[];
  routes: (Connection & { points: Point[] })[];
  /** Where along the top and the bottom what comes in and goes out passes. */
  ends: { top: number; bottom: number };
  /** Connections that are left out: there are more than can be told apart. */
  left: number;
}

/** Connections of a scope that are drawn, those that stand for most first. */
const MOST = 240;
/** Between the layers and the column beside them. */
const BESIDE = 48;
const GAPS = { nodesep: 16, ranksep: 30, edgesep: 8 };

/** @param asides Ids of boxes that have no lines: they stand in a column of their own. */
export function layoutOf(sizes: readonly Size[], connections: readonly Connection[], asides: ReadonlySet<string> = new Set()): Layout {
  const main = layers(sizes.filter(({ id }) => !asides.has(id)), connections);
  const beside = sizes.filter(({ id }) => asides.has(id));
  if (beside.length === 0) return main;
  const left = main.boxes.length ? main.width + BESIDE : 0;
  let top = 0;
  const column = beside.map((size) => {
    const box = { ...size, x: left, y: top };
    top += size.height + GAPS.nodesep;
    return box;
  });
  return { ...main, boxes: [...main.boxes, ...column], width: left + Math.max(...beside.map(({ width }) => width)), height: Math.max(main.height, top - GAPS.nodesep) };
}

function layers(sizes: readonly Size[], connections: readonly Connection[]): Layout {
  const drawn = [...connections].sort((a, b) => b.count - a.count).slice(0, MOST);
  const graph = new Graph({ directed: true });
  graph.setGraph({ rankdir: 'TB', ...GAPS, marginx: 0, marginy: 0 });
  graph.setDefaultEdgeLabel(() => ({}));
  sizes.forEach(({ id, width, height }) => graph.setNode(id, { width, height }));
  drawn.forEach(({ from, to, count }) => graph.setEdge(from, to, { weight: Math.min(4, count) }));
  const ends = addEnds(graph, sizes, drawn);
  layout(graph);
  const { width = 0, height = 0 } = graph.graph() as { width?: number; height?: number };
  const placeOf = (id: string) => graph.node(id) as { x: number; y: number; width: number; height: number };
  return {
    width: Math.max(0, width), height: Math.max(0, height),
    boxes: sizes.map(({ id }) => {
      const { x, y, width: w, height: h } = placeOf(id);
      return { id, width: w, height: h, x: x - w / 2, y: y - h / 2 };
    }),
    routes: drawn.map((connection) => ({ ...connection, points: (graph.edge(connection.from, connection.to) as { points: Point[] }).points.map(({ x, y }) => ({ x, y })) })),
    ends: { top: ends.top ? placeOf(FROM_OUTSIDE).x : width / 2, bottom: ends.bottom ? placeOf(TO_OUTSIDE).x : width / 2 },
    left: connections.length - drawn.length,
  };
}

/** The two ends lie above and below everything: what begins in the scope is held below the one, what ends in it above the other. */
function addEnds(graph: Graph, sizes: readonly Size[], drawn: readonly Connection[]): { top: boolean; bottom: boolean } {
  const [top, bottom] = [drawn.some(({ from }) => from === FROM_OUTSIDE), drawn.some(({ to }) => to === TO_OUTSIDE)];
  const hold = { weight: 0, minlen: 1 };
  if (top) {
    graph.setNode(FROM_OUTSIDE, { width: 1, height: 1 });
    const fed = new Set(drawn.map(({ to }) => to));
    sizes.filter(({ id }) => !fed.has(id)).forEach(({ id }) => graph.setEdge(FROM_OUTSIDE, id, hold));
  }
  if (bottom) {
    graph.setNode(TO_OUTSIDE, { width: 1, height: 1 });
    const read = new Set(drawn.map(({ from }) => from));
    sizes.filter(({ id }) => !read.has(id)).forEach(({ id }) => graph.setEdge(id, TO_OUTSIDE, hold));
  }
  return { top, bottom };
}
