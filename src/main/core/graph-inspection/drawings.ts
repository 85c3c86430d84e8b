/** Drawings of the graphs that are open; the tree of the last one is kept, since a person opens scope after scope. */
import { drawGraph, type Drawing } from '../graph-drawing/drawing.js';
import { drawnNodes, drawnTogether } from '../graph-drawing/drawn-nodes.js';
import { scopeTree, type DrawnNode, type ScopeTree } from '../graph-drawing/scope-tree.js';
import { differenceOfNodes } from '../frozen-graphs/graph-difference.js';
import type { GraphMessage } from '../graph/schema.js';

interface Kept {
  first: GraphMessage;
  second: GraphMessage | undefined;
  nodes: DrawnNode[];
  tree: ScopeTree;
}

export class Drawings {
  private kept: Kept | undefined;

  /** Names of the scopes of the graph that was drawn last. */
  get scopes(): ReadonlySet<string> {
    return new Set([...(this.kept?.tree.byId.values() ?? [])].filter(({ kind, parent }) => kind === 'scope' && parent).map(({ name }) => name));
  }

  /**
   * @param second A graph beside the first: where they differ is marked.
   * @param open Ids of open scopes; where absent, what is best to begin with. @param reveal Name of a node that is to be seen.
   */
  draw(first: GraphMessage, second: GraphMessage | undefined, open: readonly string[] | undefined, reveal: string | undefined): Drawing {
    if (this.kept?.first !== first || this.kept.second !== second) {
      const nodes = second ? drawnTogether(first, second, differenceOfNodes(first.node, second.node)) : drawnNodes(first);
      this.kept = { first, second, nodes, tree: scopeTree(nodes) };
    }
    return drawGraph(this.kept.nodes, this.kept.tree, open, reveal);
  }
}
