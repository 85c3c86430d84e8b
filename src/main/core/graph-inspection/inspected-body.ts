/** A graph, or the body of one of its functions, as a person looks through it: what is found out of it is found out once. */
import { constantOf, detailsOf, readersOf, refuseUnknown, type NodeDetails } from '../frozen-graphs/node-details.js';
import { findNodes, lineMaker, type NodeLine } from '../frozen-graphs/node-list.js';
import type { GraphMessage, NodeMessage } from '../graph/schema.js';
import { UserError } from '../errors.js';
import { weightPage, type WeightPage, type WeightWish } from './weight-page.js';

export class InspectedBody {
  private readonly byName: ReadonlyMap<string, NodeMessage>;
  private readonly readers: ReadonlyMap<string, readonly string[]>;
  private readonly line: (node: NodeMessage) => NodeLine;
  /** The last search: pages of it are asked for one after the other. */
  private found: { find: string; nodes: NodeMessage[] } | undefined;

  constructor(readonly graph: GraphMessage) {
    this.byName = new Map(graph.node.map((node) => [node.name, node]));
    this.readers = readersOf(graph);
    this.line = lineMaker(graph);
  }

  /** Some of the nodes that a search finds, in the graph's order, and how many it finds. */
  list(find: string, from: number, count: number): { total: number; nodes: NodeLine[] } {
    if (this.found?.find !== find) this.found = { find, nodes: findNodes(this.graph.node, find) };
    const { nodes } = this.found;
    return { total: nodes.length, nodes: nodes.slice(from, from + count).map(this.line) };
  }

  /** @throws UserError with the nearest name where there is no such node. */
  details(name: string): NodeDetails {
    return detailsOf(this.find(name), this.line(this.find(name)), this.readers);
  }

  /** @throws UserError where the node holds no numbers. */
  weights(name: string, wish: WeightWish): WeightPage {
    const constant = constantOf(this.find(name));
    if (constant === undefined) throw new UserError(`${name} holds no numbers.`);
    return weightPage(constant.shape, constant.values, wish);
  }

  private find(name: string): NodeMessage {
    return this.byName.get(name) ?? refuseUnknown(name, this.graph.node);
  }
}
