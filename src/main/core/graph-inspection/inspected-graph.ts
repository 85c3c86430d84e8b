/** A graph file that is open: its summary, its nodes, and the bodies of its functions. */
import { functionsOf } from '../frozen-graphs/functions.js';
import { summarize, type GraphSummary } from '../frozen-graphs/summary.js';
import { UserError } from '../errors.js';
import type { FunctionMessage } from '../graph/schema.js';
import type { AnyGraph } from './any-graph.js';
import { functionBody } from './function-body.js';
import { InspectedBody } from './inspected-body.js';

/** Bodies of functions that are kept beside the graph itself. */
const KEPT = 8;

export class InspectedGraph {
  readonly functions: ReadonlyMap<string, FunctionMessage>;
  private readonly bodies = new Map<string, InspectedBody>();
  private main: InspectedBody | undefined;
  private told: GraphSummary | undefined;

  constructor(readonly file: AnyGraph) {
    this.functions = functionsOf(file.graph);
  }

  get summary(): GraphSummary {
    return (this.told ??= summarize(this.file));
  }

  /** Bodies that can be looked through, largest first. */
  get functionSizes(): { name: string; nodes: number }[] {
    const sizes = [...this.functions].map(([name, body]) => ({ name, nodes: body.nodeDef?.length ?? 0 }));
    return sizes.sort((a, b) => b.nodes - a.nodes);
  }

  /** @param name Of a function; the graph itself where absent. @throws UserError where there is no such function. */
  body(name?: string): InspectedBody {
    if (name === undefined) return (this.main ??= new InspectedBody(this.file.graph));
    const known = this.bodies.get(name) ?? this.opened(name);
    this.bodies.delete(name);
    this.bodies.set(name, known);
    if (this.bodies.size > KEPT) this.bodies.delete(this.bodies.keys().next().value as string);
    return known;
  }

  /** The same of a graph beside another: a function that only the other has is empty here. */
  bodyBeside(name?: string): InspectedBody {
    return name === undefined || this.functions.has(name) ? this.body(name) : new InspectedBody({ node: [] });
  }

  private opened(name: string): InspectedBody {
    const body = this.functions.get(name);
    if (body === undefined) throw new UserError(`${this.file.path} has no function ${name}.`);
    return new InspectedBody(functionBody(this.file.graph, body, this.functions));
  }
}
