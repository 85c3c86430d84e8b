/** A graph as a picture: boxes in boxes from top to bottom, scopes open or closed. */
import type { Change, DrawnNode, Leaf, Scope, ScopeTree } from './scope-tree.js';
import { UserError } from '../errors.js';
import { layoutOf, type Point } from './layout.js';
import { FROM_OUTSIDE, insidesOf, TO_OUTSIDE, type Connection, type Insides } from './visible.js';

export interface Box {
  id: string;
  kind: 'node' | 'scope' | 'group';
  label: string;
  /** Full name of the node or the scope. */
  name: string;
  /** Of a node. */
  operation?: string;
  /** Nodes that it stands for. */
  nodes: number;
  open: boolean;
  /** Connected with so many others that its lines are drawn only when it is chosen. */
  aside: boolean;
  /** CSS pixels; x and y of the upper left corner. */
  x: number;
  y: number;
  width: number;
  height: number;
  /** How many of its nodes differ from the other graph's, by how. */
  changes: Record<Change, number>;
}

export interface Line {
  from: string;
  to: string;
  count: number;
  control: boolean;
  /** Drawn only when one of its ends is chosen. */
  hidden: boolean;
  /** CSS pixels */
  points: Point[];
}

export interface Drawing {
  width: number;
  height: number;
  /** Open scopes before what lies in them. */
  boxes: Box[];
  lines: Line[];
  /** Scopes that are open. */
  open: string[];
  /** Connections that are not drawn: there are more than can be told apart. */
  left: number;
}

/** Boxes of a drawing; more are no help to anybody. */
const MOST_BOXES = 1500;
/** Graphs of so many nodes are shown as a whole to begin with. */
const SMALL = 60;
const NODE = { height: 34, narrowest: 70, widest: 230 };
const HEAD = 26;
const MARGIN = 14;
/** Width of a letter of labels and of the smaller line below them. */
const LETTER = { label: 6.9, note: 5.8 };

/**
 * @param wanted Ids of the scopes that are open; where absent, what is best to begin with.
 * @param reveal Name of a node that is to be seen: the scopes around it are opened.
 * @throws UserError where more would be seen than can be drawn.
 */
export function drawGraph(nodes: readonly DrawnNode[], tree: ScopeTree, wanted: readonly string[] | undefined, reveal?: string): Drawing {
  const open = openScopes(nodes, tree, wanted, reveal);
  const isOpen = (scope: Scope) => open.has(scope.id);
  const count = boxesIn(tree.root, isOpen);
  if (count > MOST_BOXES) throw new UserError(`${count.toLocaleString('en')} boxes would be seen at once; at most ${MOST_BOXES.toLocaleString('en')} are drawn. Close some scopes first.`);
  const painter = new Painter(nodes, insidesOf(nodes, tree, isOpen), isOpen, changesIn(nodes, tree));
  const picture = painter.paint(tree.root);
  return { width: picture.width, height: picture.height, ...painter.placed(picture, 0, 0), open: [...open].filter((id) => id !== tree.root.id), left: painter.left };
}

function openScopes(nodes: readonly DrawnNode[], { root, leaves, byId }: ScopeTree, wanted: readonly string[] | undefined, reveal: string | undefined): Set<string> {
  const open = new Set([root.id, ...(wanted ?? [...beginning(nodes, root, byId)]).filter((id) => byId.has(id))]);
  const shown = reveal === undefined ? -1 : nodes.findIndex(({ name }) => name === reveal);
  for (let scope: Scope | undefined = leaves[shown]?.parent; scope; scope = scope.parent) open.add(scope.id);
  return open;
}

/** A small graph as a whole; of a large one a scope that holds all the others. */
function beginning(nodes: readonly DrawnNode[], root: Scope, byId: ReadonlyMap<string, Scope>): Iterable<string> {
  if (nodes.length <= SMALL) return byId.keys();
  const [only, ...others] = root.children;
  return others.length === 0 && only.kind !== 'node' ? [only.id] : [];
}

function boxesIn(scope: Scope, isOpen: (scope: Scope) => boolean): number {
  return scope.children.reduce((sum, child) => sum + 1 + (child.kind !== 'node' && isOpen(child) ? boxesIn(child, isOpen) : 0), 0);
}

type Changes = Record<Change, number>;

/** Differences by the id of the box that stands for the nodes. */
function changesIn(nodes: readonly DrawnNode[], { leaves }: ScopeTree): Map<string, Changes> {
  const found = new Map<string, Changes>();
  nodes.forEach(({ change }, index) => {
    if (change === undefined) return;
    const leaf = leaves[index];
    const around: (Leaf | Scope)[] = [leaf];
    for (let scope: Scope | undefined = leaf.parent; scope; scope = scope.parent) around.push(scope);
    for (const { id } of around) {
      const changes = found.get(id) ?? { onlyFirst: 0, onlySecond: 0, changed: 0 };
      changes[change] += 1;
      found.set(id, changes);
    }
  });
  return found;
}

/** An open scope as it is laid out, what lies in its own open scopes included. */
interface Picture {
  width: number;
  height: number;
  boxes: Box[];
  lines: Line[];
  /** Pictures of the open scopes in it, by their id. */
  inner: Map<string, Picture>;
  /** Where along its upper and lower side lines pass. */
  ends: { top: number; bottom: number };
}

class Painter {
  left = 0;

  constructor(
    private readonly nodes: readonly DrawnNode[],
    private readonly insides: Insides,
    private readonly isOpen: (scope: Scope) => boolean,
    private readonly changes: ReadonlyMap<string, Changes>,
  ) {}

  /** Lays out a scope from the inside out; places are relative to its upper left corner. */
  paint(scope: Scope): Picture {
    const inside = this.insides.get(scope.id);
    const opened = scope.children.filter((child): child is Scope => child.kind !== 'node' && this.isOpen(child));
    const inner = new Map(opened.map((child) => [child.id, this.paint(child)]));
    const sizes = scope.children.map((child) => ({ id: child.id, ...(inner.get(child.id) ?? this.sizeOf(child)) }));
    const { width, height, boxes, routes, ends, left } = layoutOf(sizes, [...(inside?.connections.values() ?? [])], inside?.asides);
    this.left += left;
    const [dx, dy] = [MARGIN, scope.parent ? HEAD + MARGIN : MARGIN];
    const byId = new Map(scope.children.map((child) => [child.id, child]));
    const own = boxes.map(({ id, x, y, width: w, height: h }) => this.boxOf(byId.get(id) as Scope | Leaf, { x: x + dx, y: y + dy, width: w, height: h }, inside?.asides.has(id) ?? false));
    const size = { width: Math.max(width, scope.label.length * LETTER.label + 60) + 2 * MARGIN, height: height + dy + MARGIN };
    const lines = routes.map(({ points, ...route }) => ({ ...route, hidden: false, points: points.map(({ x, y }) => ({ x: x + dx, y: y + dy })) }));
    const picture = { ...size, boxes: own, lines, inner, ends: { top: ends.top + dx, bottom: ends.bottom + dx } };
    lines.forEach((line) => this.attach(line, picture, scope));
    picture.lines = [...lines, ...straightLines([...(inside?.hidden.values() ?? [])], own)];
    return picture;
  }

  /** Places of a picture and all in it, from where its upper left corner lies. */
  placed(picture: Picture, left: number, top: number): { boxes: Box[]; lines: Line[] } {
    const boxes: Box[] = [];
    const lines: Line[] = [];
    for (const box of picture.boxes) {
      const place = { ...box, x: rounded(box.x + left), y: rounded(box.y + top), width: rounded(box.width), height: rounded(box.height) };
      boxes.push(place);
      const inner = picture.inner.get(box.id);
      if (!inner) continue;
      const within = this.placed(inner, left + box.x, top + box.y);
      boxes.push(...within.boxes);
      lines.push(...within.lines);
    }
    for (const line of picture.lines) lines.push({ ...line, points: line.points.map(({ x, y }) => ({ x: rounded(x + left), y: rounded(y + top) })) });
    return { boxes, lines };
  }

  /** A line that ends at an open scope meets there the lines inside; one that leaves its own scope ends at the scope's side. */
  private attach(line: Line, picture: Picture, scope: Scope): void {
    const { points } = line;
    const endAt = (id: string) => picture.boxes.find((box) => box.id === id);
    const [from, to] = [picture.inner.get(line.from), picture.inner.get(line.to)];
    const [fromBox, toBox] = [endAt(line.from), endAt(line.to)];
    if (from && fromBox) points[0] = { x: fromBox.x + from.ends.bottom, y: fromBox.y + fromBox.height };
    if (to && toBox) points[points.length - 1] = { x: toBox.x + to.ends.top, y: toBox.y };
    if (line.from === FROM_OUTSIDE) [points[0], line.from] = [{ x: picture.ends.top, y: 0 }, scope.id];
    if (line.to === TO_OUTSIDE) [points[points.length - 1], line.to] = [{ x: picture.ends.bottom, y: picture.height }, scope.id];
  }

  private sizeOf(child: Scope | Leaf): { width: number; height: number } {
    const note = child.kind === 'node' ? this.nodes[child.index].operation : `${child.nodes.toLocaleString('en')} nodes`;
    const text = Math.max(child.label.length * LETTER.label, note.length * LETTER.note);
    return { width: Math.min(NODE.widest, Math.max(NODE.narrowest, Math.ceil(text) + (child.kind === 'node' ? 22 : 44))), height: NODE.height };
  }

  private boxOf(child: Scope | Leaf, place: Pick<Box, 'x' | 'y' | 'width' | 'height'>, aside: boolean): Box {
    const common = { id: child.id, aside, label: child.label, changes: this.changes.get(child.id) ?? { onlyFirst: 0, onlySecond: 0, changed: 0 }, ...place };
    if (child.kind !== 'node') return { ...common, kind: child.kind, name: child.name, nodes: child.nodes, open: this.isOpen(child) };
    const { name, operation } = this.nodes[child.index];
    return { ...common, kind: 'node', name, operation, nodes: 1, open: false };
  }
}

/** From side to side of boxes that have no place in the layers. */
function straightLines(connections: readonly Connection[], boxes: readonly Box[]): Line[] {
  const byId = new Map(boxes.map((box) => [box.id, box]));
  return connections.flatMap((connection) => {
    const [from, to] = [byId.get(connection.from), byId.get(connection.to)];
    if (!from || !to) return [];
    const leads = from.x + from.width / 2 < to.x + to.width / 2;
    const [start, end] = [leads ? from.x + from.width : from.x, leads ? to.x : to.x + to.width];
    return [{ ...connection, hidden: true, points: [{ x: start, y: from.y + from.height / 2 }, { x: end, y: to.y + to.height / 2 }] }];
  });
}

function rounded(value: number): number {
  return Math.round(value * 10) / 10;
}
