/** What of a graph is seen while some of its scopes are open: boxes in boxes, and the connections at each level. */
import { parseReference } from '../frozen-graphs/reference.js';
import type { DrawnNode, Leaf, Scope, ScopeTree } from './scope-tree.js';

/** Stand for what comes into an open scope and for what leaves it. */
export const [FROM_OUTSIDE, TO_OUTSIDE] = ['>', '<'];

export interface Connection {
  /** Ids of children of one open scope, or one of its two ends. */
  from: string;
  to: string;
  /** How many inputs of nodes it stands for. */
  count: number;
  /** Nothing flows: one only has to run before the other. */
  control: boolean;
}

/** What an open scope shows beside its boxes. */
export interface Inside {
  connections: Map<string, Connection>;
  /** Ids of children that are connected with so many others (what saves or updates all variables) that their lines would hide all else. */
  asides: ReadonlySet<string>;
  /** Connections with these. */
  hidden: Map<string, Connection>;
}

/** By the ids of the open scopes. */
export type Insides = ReadonlyMap<string, Inside>;

/** Others that a box is connected with, from which on it stands aside. */
const TOO_MANY = 14;
/** Share of a scope's children that may stand aside; where more would, they are what it is about. */
const MOST_ASIDE = 0.25;

/** The scopes that are open, from the outside in, that hold something: what lies in them, and at last what stands for it. */
function shownChain(leaf: Leaf, isOpen: (scope: Scope) => boolean): (Scope | Leaf)[] {
  const chain: (Scope | Leaf)[] = [leaf];
  for (let scope: Scope | undefined = leaf.parent; scope; scope = scope.parent) chain.unshift(scope);
  const closed = chain.findIndex((one) => one.kind !== 'node' && !isOpen(one));
  return closed < 0 ? chain : chain.slice(0, closed + 1);
}

/** @param isOpen The root is open. */
export function insidesOf(nodes: readonly DrawnNode[], { leaves }: ScopeTree, isOpen: (scope: Scope) => boolean): Insides {
  const places = new Map(nodes.map(({ name }, index) => [name, index]));
  const chains = leaves.map((leaf) => shownChain(leaf, isOpen));
  const ways = nodes.flatMap(({ inputs }, index) => inputs.flatMap((text) => {
    const { node, control } = parseReference(text);
    const source = places.get(node);
    return source === undefined ? [] : (wayOf(chains[source], chains[index], control) ?? []);
  }));
  const asides = asidesOf(ways);
  const insides = new Map<string, Inside>();
  for (const way of ways) take(insides, way, asides);
  return insides;
}

/** One input of a node as it is seen: the boxes from the outside in at both of its ends, which part at a level. */
interface Way {
  from: readonly (Scope | Leaf)[];
  to: readonly (Scope | Leaf)[];
  level: number;
  control: boolean;
}

/** undefined within one closed box, where nothing is seen. */
function wayOf(from: readonly (Scope | Leaf)[], to: readonly (Scope | Leaf)[], control: boolean): Way | undefined {
  let level = 0;
  while (level + 1 < from.length && level + 1 < to.length && from[level + 1] === to[level + 1]) level += 1;
  return level + 1 >= from.length || level + 1 >= to.length ? undefined : { from, to, level, control };
}

function asidesOf(ways: readonly Way[]): ReadonlySet<string> {
  const others = new Map<Scope | Leaf, Set<string>>();
  const meet = (one: Scope | Leaf, other: Scope | Leaf) => {
    const known = others.get(one);
    if (known) known.add(other.id);
    else others.set(one, new Set([other.id]));
  };
  for (const { from, to, level } of ways) {
    meet(from[level + 1], to[level + 1]);
    meet(to[level + 1], from[level + 1]);
  }
  const asides = [...others].filter(([, met]) => met.size >= TOO_MANY).map(([box]) => box);
  const among = new Map<Scope | undefined, number>();
  asides.forEach(({ parent }) => among.set(parent, (among.get(parent) ?? 0) + 1));
  return new Set(asides.filter(({ parent }) => (among.get(parent) ?? 0) <= (parent?.children.length ?? 0) * MOST_ASIDE).map(({ id }) => id));
}

function take(insides: Map<string, Inside>, { from, to, level, control }: Way, asides: ReadonlySet<string>): void {
  const [first, last] = [from[level + 1].id, to[level + 1].id];
  const inside = insideAt(insides, from[level].id, asides);
  if (asides.has(first) || asides.has(last)) return add(inside.hidden, first, last, control);
  add(inside.connections, first, last, control);
  for (let k = level + 1; k + 1 < from.length; k++) add(insideAt(insides, from[k].id, asides).connections, from[k + 1].id, TO_OUTSIDE, control);
  for (let k = level + 1; k + 1 < to.length; k++) add(insideAt(insides, to[k].id, asides).connections, FROM_OUTSIDE, to[k + 1].id, control);
}

function insideAt(insides: Map<string, Inside>, scope: string, asides: ReadonlySet<string>): Inside {
  const known = insides.get(scope);
  if (known) return known;
  const made = { connections: new Map(), hidden: new Map(), asides };
  insides.set(scope, made);
  return made;
}

function add(connections: Map<string, Connection>, from: string, to: string, control: boolean): void {
  const key = `${from} ${to}`;
  const known = connections.get(key);
  if (known) {
    known.count += 1;
    known.control &&= control;
  } else {
    connections.set(key, { from, to, count: 1, control });
  }
}
