/** The nodes of a graph in the tree of their name scopes: `conv1/weights` lies in `conv1`. */

/** What of a node is drawn. */
export interface DrawnNode {
  name: string;
  operation: string;
  /** Nodes that it takes from or waits for, as it names them. */
  inputs: readonly string[];
  /** How it differs from another graph's. */
  change?: Change;
}

/** Of two graphs: only the first has it, only the second, or both in different ways. */
export type Change = 'onlyFirst' | 'onlySecond' | 'changed';

export interface Leaf {
  kind: 'node';
  id: string;
  label: string;
  /** Place of the node in the graph. */
  index: number;
  parent: Scope;
}

export interface Scope {
  /** A group holds some of the children of a scope that has too many to be seen at once. */
  kind: 'scope' | 'group';
  id: string;
  /** Full name; of a group that of its scope. */
  name: string;
  label: string;
  parent: Scope | undefined;
  children: (Scope | Leaf)[];
  /** Nodes in it, however deep. */
  nodes: number;
}

/** Children of a scope that are drawn beside each other; more are put in groups. */
export const MOST_CHILDREN = 80;
/** Children of a group, at least. */
const FEWEST_IN_GROUP = 12;
/** Deeper names than anybody writes are not taken apart. */
const DEEPEST = 24;

export interface ScopeTree {
  root: Scope;
  /** By the node's place in the graph. */
  leaves: Leaf[];
  byId: ReadonlyMap<string, Scope>;
}

export function scopeTree(nodes: readonly DrawnNode[]): ScopeTree {
  const root: Scope = { kind: 'scope', id: 's:', name: '', label: '', parent: undefined, children: [], nodes: 0 };
  const scopes = new Map([['', root]]);
  nodes.forEach(({ name }) => scopeAt(scopes, partsOf(name).slice(0, -1)));
  const leaves = nodes.map(({ name }, index) => leafIn(scopes, name, index));
  for (const { parent } of leaves) for (let scope: Scope | undefined = parent; scope; scope = scope.parent) scope.nodes += 1;
  const byId = new Map<string, Scope>();
  settle(root, byId);
  return { root, leaves, byId };
}

function partsOf(name: string): string[] {
  const parts = name.split('/');
  return parts.length > DEEPEST ? [...parts.slice(0, DEEPEST - 1), parts.slice(DEEPEST - 1).join('/')] : parts;
}

function scopeAt(scopes: Map<string, Scope>, parts: readonly string[]): Scope {
  const name = parts.join('/');
  const known = scopes.get(name);
  if (known) return known;
  const parent = scopeAt(scopes, parts.slice(0, -1));
  const scope: Scope = { kind: 'scope', id: `s:${name}`, name, label: parts[parts.length - 1], parent, children: [], nodes: 0 };
  parent.children.push(scope);
  scopes.set(name, scope);
  return scope;
}

/** A node that is called as a scope lies in it. */
function leafIn(scopes: ReadonlyMap<string, Scope>, name: string, index: number): Leaf {
  const parts = partsOf(name);
  const own = name === '' ? undefined : scopes.get(name);
  const parent = own ?? (scopes.get(parts.slice(0, -1).join('/')) as Scope);
  const leaf: Leaf = { kind: 'node', id: `n:${index}`, label: own ? `(${parts[parts.length - 1]})` : parts[parts.length - 1], index, parent };
  parent.children.push(leaf);
  return leaf;
}

/** Scopes that hold nothing but one scope are one with it; children stand in the graph's order, which mostly is that of the computation; of too many groups are made. */
function settle(scope: Scope, byId: Map<string, Scope>): void {
  byId.set(scope.id, scope);
  scope.children = scope.children.map((child) => (child.kind === 'node' ? child : withoutChain(child)));
  scope.children.forEach((child) => child.kind !== 'node' && settle(child, byId));
  scope.children = scope.children.map((child) => ({ child, place: firstPlace(child) })).sort((a, b) => a.place - b.place).map(({ child }) => child);
  group(scope, byId);
}

function withoutChain(scope: Scope): Scope {
  let inner = scope;
  let label = scope.label;
  while (inner.children.length === 1 && inner.children[0].kind === 'scope') {
    inner = inner.children[0];
    label += `/${inner.label}`;
  }
  inner.label = label;
  inner.parent = scope.parent;
  return inner;
}

/** Neighbours come together. */
function group(scope: Scope, byId: Map<string, Scope>): void {
  const count = scope.children.length;
  if (count <= MOST_CHILDREN) return;
  const size = Math.max(FEWEST_IN_GROUP, Math.ceil(count / MOST_CHILDREN));
  const ordered = scope.children;
  scope.children = [];
  for (let from = 0; from < count; from += size) {
    const children = ordered.slice(from, from + size);
    const made = groupOf(scope, children, from);
    scope.children.push(made);
    byId.set(made.id, made);
    group(made, byId);
  }
}

function groupOf(parent: Scope, children: (Scope | Leaf)[], from: number): Scope {
  const label = `${children[0].label} … ${children[children.length - 1].label}`;
  const nodes = children.reduce((sum, child) => sum + (child.kind === 'node' ? 1 : child.nodes), 0);
  const made: Scope = { kind: 'group', id: `g:${from}:${children.length}:${parent.id}`, name: parent.name, label, parent, children, nodes };
  children.forEach((child) => (child.parent = made));
  return made;
}

/** Of what is in order already. */
function firstPlace(child: Scope | Leaf): number {
  let first: Scope | Leaf = child;
  while (first.kind !== 'node') {
    const inner: Scope | Leaf | undefined = first.children[0];
    if (inner === undefined) return 0;
    first = inner;
  }
  return first.index;
}
