/**
 * Rewrites nodes so that variables are constants. A handle of a variable can go a long way: through identities, switches and loops, and into
 * functions as an argument. It is followed, and everything on its way takes the value instead; a function that is called with
 * different variables becomes several.
 */
import { attributesOf } from '../graph-files/attributes.js';
import { TYPE } from '../graph-files/data-types.js';
import type { AttributeMessage, FunctionMessage, NodeMessage, TensorMessage } from '../graph/schema.js';
import { callRule, type CallRule } from './call-rules.js';
import type { FrozenVariable } from './frozen-variable.js';
import { carries, withConstant } from './handle-rules.js';
import { parseReference, type Reference } from './reference.js';
import { unfreezable } from './unfreezable.js';
import { isVariable, variableId } from './variable-nodes.js';

type Handle = FrozenVariable;

/** A function made for certain variables. */
interface Special {
  name: string;
  body: FunctionMessage;
  /** Which outputs are variables that were handed in. */
  outputs: (Handle | undefined)[];
}

export class Rewriter {
  private readonly specials = new Map<string, Special>();
  private readonly taken = new Set<string>();

  /** @param constants Values of the variables, by their identity. */
  constructor(
    private readonly functions: ReadonlyMap<string, FunctionMessage>,
    private readonly variables: ReadonlyMap<string, Handle>,
    private readonly constants: ReadonlyMap<string, TensorMessage>,
  ) {}

  /** The nodes of the graph itself, in their order. */
  graph(nodes: readonly NodeMessage[]): NodeMessage[] {
    return new Scope(this, nodes, new Map()).rewritten();
  }

  /** The functions that the rewritten nodes call. */
  get library(): FunctionMessage[] {
    return [...this.specials.values()].map(({ body }) => body);
  }

  isFunction = (name: string): boolean => this.functions.has(name);

  variable(node: NodeMessage): Handle {
    return this.variables.get(variableId(node)) as Handle;
  }

  constant(node: NodeMessage): NodeMessage {
    const value = this.constants.get(variableId(node)) as TensorMessage;
    const controls = (node.input ?? []).filter((input) => input.startsWith('^'));
    return { name: node.name, op: 'Const', input: controls, attr: { dtype: { type: value.dtype }, value: { tensor: value } } };
  }

  /** The function for these variables, made at the first call. @param handles Of each argument, undefined for usual values. */
  special(name: string, handles: readonly (Handle | undefined)[]): Special {
    const id = JSON.stringify([name, handles.map((handle) => handle && [handle.type, handle.shape])]);
    let special = this.specials.get(id);
    if (special === undefined) {
      special = { name: this.freeName(name), body: this.functions.get(name) as FunctionMessage, outputs: [] };
      this.specials.set(id, special);
      this.fill(special, handles);
    }
    return special;
  }

  private freeName(name: string): string {
    let free = name;
    for (let n = 1; this.taken.has(free) || (free !== name && this.functions.has(free)); n++) free = `${name}_frozen_${n}`;
    this.taken.add(free);
    return free;
  }

  private fill(special: Special, handles: readonly (Handle | undefined)[]): void {
    const { body } = special;
    const inputs = body.signature.inputArg ?? [];
    const arguments_ = new Map(inputs.flatMap(({ name }, i): [string, Handle][] => (handles[i] ? [[name, handles[i]]] : [])));
    const scope = new Scope(this, body.nodeDef ?? [], arguments_, body.signature.name);
    const nodeDef = scope.rewritten();
    const returned = (body.signature.outputArg ?? []).map(({ name }) => scope.handle(parseReference(body.ret?.[name] ?? '')));
    special.outputs = returned;
    special.body = {
      ...fieldsOf(body),
      nodeDef,
      signature: {
        ...fieldsOf(body.signature),
        name: special.name,
        inputArg: inputs.map((argument, i) => (handles[i] ? { name: argument.name, type: handles[i].type } : argument)),
        outputArg: (body.signature.outputArg ?? []).map((argument, i) => (returned[i] ? { name: argument.name, type: returned[i].type } : argument)),
      },
      argAttr: Object.fromEntries(Object.entries(body.argAttr ?? {}).filter(([i]) => handles[Number(i)] === undefined)),
      ret: Object.fromEntries(Object.entries(body.ret ?? {}).map(([name, from]) => [name, scope.reference(from)])),
    };
  }
}

/** Own fields of a message that was read, unknown ones too. */
function fieldsOf<T extends object>(message: T): T {
  return Object.fromEntries(Object.entries(message)) as T;
}

/** Nodes that see each other: those of a graph, or of one function. */
class Scope {
  private readonly nodes: ReadonlyMap<string, NodeMessage>;
  private readonly renamed = new Map<string, Readonly<Record<string, string>>>();
  private readonly found = new Map<string, Handle | undefined>();
  /** Of nodes that call functions: which outputs are variables. */
  private readonly callOutputs = new Map<string, (Handle | undefined)[]>();

  constructor(
    private readonly rewriter: Rewriter,
    private readonly list: readonly NodeMessage[],
    private readonly arguments_: ReadonlyMap<string, Handle>,
    private readonly where?: string,
  ) {
    this.nodes = new Map(list.map((node) => [node.name, node]));
  }

  rewritten(): NodeMessage[] {
    const result = this.list.flatMap((node) => this.node(node));
    if (this.renamed.size === 0) return result;
    return result.map((node) => ({ ...fieldsOf(node), input: (node.input ?? []).map((input) => this.reference(input)) }));
  }

  /** A reference with the new name of the output that it means. */
  reference(text: string): string {
    const { node, argument, index } = parseReference(text);
    const renamed = argument === undefined ? undefined : this.renamed.get(node)?.[argument];
    return renamed === undefined ? text : `${node}:${renamed}:${index}`;
  }

  /** The variable that a reference means; undefined where it means a usual value. */
  handle({ node: name, index, control }: Reference): Handle | undefined {
    if (control) return undefined;
    const id = `${name}#${index}`;
    if (!this.found.has(id)) {
      this.found.set(id, undefined); // a loop that carries a variable comes back to itself
      this.found.set(id, this.search(name, index));
    }
    return this.found.get(id);
  }

  private search(name: string, index: number): Handle | undefined {
    const node = this.nodes.get(name);
    if (node === undefined) return this.arguments_.get(name);
    if (isVariable(node)) return this.rewriter.variable(node);
    if (carries(node)) return /Merge$/.test(node.op) && index === 1 ? undefined : this.carried(node);
    if (callRule(node, this.rewriter.isFunction)) {
      if (!this.callOutputs.has(name)) this.node(node);
      return this.callOutputs.get(name)?.[index];
    }
    return undefined;
  }

  /** Any of what a node merges tells what it carries. */
  private carried(node: NodeMessage): Handle | undefined {
    for (const input of /Merge$/.test(node.op) ? node.input ?? [] : (node.input ?? []).slice(0, 1)) {
      const handle = this.handle(parseReference(input));
      if (handle) return handle;
    }
    return undefined;
  }

  private node(node: NodeMessage): NodeMessage[] {
    if (isVariable(node)) {
      this.rename(node, { resource: 'output', ref: 'output' });
      return [this.rewriter.constant(node)];
    }
    const handles = this.handlesOf(node);
    const rule = callRule(node, this.rewriter.isFunction);
    if (rule) return [this.call(node, rule, handles)];
    const at = handles.findIndex((handle) => handle !== undefined);
    if (at < 0) return [node];
    return this.taker(node, handles);
  }

  private handlesOf(node: NodeMessage): (Handle | undefined)[] {
    return (node.input ?? []).map(parseReference).filter(({ control }) => !control).map((reference) => this.handle(reference));
  }

  /** A node that takes variables. Those that take several take them as values, or not at all. */
  private taker(node: NodeMessage, handles: readonly (Handle | undefined)[]): NodeMessage[] {
    const value = handles.find((handle) => handle !== undefined) as Handle;
    const rewritten = withConstant(node, value);
    if (rewritten === undefined) throw unfreezable(node, `it takes the variable ${value.name} itself, and a constant cannot stand for that`, this.where);
    if (rewritten.renamed) this.rename(node, rewritten.renamed);
    const inFunction = this.where !== undefined;
    const before = rewritten.before ?? [];
    const added = new Set(before.map(({ name }) => name));
    const input = (rewritten.node.input ?? []).map((name) => (inFunction && added.has(name) ? `${name}:output:0` : name));
    return [...before, { ...rewritten.node, input }];
  }

  private rename(node: NodeMessage, names: Readonly<Record<string, string>>): void {
    if (this.where !== undefined) this.renamed.set(node.name, names);
  }

  private call(node: NodeMessage, rule: CallRule, handles: readonly (Handle | undefined)[]): NodeMessage {
    const handed = handles.slice(rule.skip);
    const attr = { ...attributesOf(node) };
    if (rule.functions.length === 0) {
      const special = this.rewriter.special(node.op, handed);
      this.callOutputs.set(node.name, special.outputs);
      return { ...fieldsOf(node), op: special.name };
    }
    const loop = rule.types !== undefined && rule.types === rule.outputTypes;
    if (loop) this.callOutputs.set(node.name, handed);
    const outputs = rule.functions.map((name) => this.specialize(attr, name, handed));
    if (!loop) this.callOutputs.set(node.name, outputs[0]);
    if (handed.every((handle) => handle === undefined)) return { ...fieldsOf(node), attr };
    delete attr['output_shapes'];
    if (rule.types) attr[rule.types] = retyped(attr[rule.types], handed);
    if (rule.outputTypes && !loop) attr[rule.outputTypes] = retyped(attr[rule.outputTypes], outputs[0]);
    return { ...fieldsOf(node), attr };
  }

  /** Lets an attribute name the functions made for these variables. @returns What of their outputs are variables. */
  private specialize(attr: Record<string, AttributeMessage>, name: string, handed: readonly (Handle | undefined)[]): (Handle | undefined)[] {
    const { func, list } = attr[name];
    const special = (called: string) => this.rewriter.special(called, handed);
    if (func && this.rewriter.isFunction(func.name)) {
      const { name: made, outputs } = special(func.name);
      attr[name] = { func: { ...fieldsOf(func), name: made } };
      return outputs;
    }
    const branches = (list?.func ?? []).filter((branch) => this.rewriter.isFunction(branch.name));
    const made = branches.map((branch) => ({ branch, special: special(branch.name) }));
    if (made.length) attr[name] = { list: { func: made.map(({ branch, special: { name: called } }) => ({ ...fieldsOf(branch), name: called })) } };
    return made[0]?.special.outputs ?? [];
  }
}

function retyped(attribute: AttributeMessage | undefined, handles: readonly (Handle | undefined)[]): AttributeMessage {
  return { list: { type: (attribute?.list?.type ?? []).map((type, i) => (type === TYPE.resource && handles[i] ? handles[i].type : type)) } };
}
