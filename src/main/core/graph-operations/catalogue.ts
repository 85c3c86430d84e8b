/** What TensorFlow knows of its own operations: arguments, attributes, families. Drawn from TensorFlow by python/tensorflow-description. */
import { readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { z } from 'zod';

const FILE = fileURLToPath(new URL('../../../../resources/tensorflow/operations.json', import.meta.url));

const operationSchema = z.object({
  family: z.string(),
  inputs: z.array(z.string()),
  outputs: z.array(z.string()),
  attributes: z.record(z.string(), z.string()),
  stateful: z.boolean().default(false),
});

/** An input or output of an operation. */
export interface Argument {
  name: string;
  /** TensorFlow's number of a fixed type. */
  type?: number;
  /** Attribute that holds the type. */
  typeAttribute?: string;
  /** Attribute that holds how many there are of that type. */
  countAttribute?: string;
  /** Attribute that lists the types of as many arguments. */
  listAttribute?: string;
  reference: boolean;
}

export interface OperationInfo {
  name: string;
  /** Module of Python's generated operations: `math`, `nn`. */
  family: string;
  inputs: readonly Argument[];
  outputs: readonly Argument[];
  /** Kind of each attribute by name, with its default behind `=` where that decides about types: `type=3`. */
  attributes: Readonly<Record<string, string>>;
  stateful: boolean;
}

let raw: Record<string, z.input<typeof operationSchema>> | undefined;
const read = new Map<string, OperationInfo>();

/** What is known of an operation; undefined for those of other programs, and for those that only train or need other hardware. */
export function operationInfo(name: string): OperationInfo | undefined {
  raw ??= (JSON.parse(readFileSync(FILE, 'utf8')) as { operations: typeof raw }).operations ?? {};
  if (!Object.hasOwn(raw, name)) return undefined;
  let info = read.get(name);
  if (info === undefined) {
    const { inputs, outputs, ...rest } = operationSchema.parse(raw[name]);
    info = { name, ...rest, inputs: inputs.map(argumentOf), outputs: outputs.map(argumentOf) };
    read.set(name, info);
  }
  return info;
}

/** `values:N*T&` taken apart. */
function argumentOf(text: string): Argument {
  const [, name, count, list, plain, reference] = /^(\w+):(?:(\w+)\*)?(?:\[(\w+)\]|(\w+))(&)?$/.exec(text) as RegExpExecArray;
  const type = plain !== undefined && /^\d+$/.test(plain) ? Number(plain) : undefined;
  return {
    name, type,
    typeAttribute: type === undefined ? plain : undefined,
    countAttribute: count,
    listAttribute: list,
    reference: reference !== undefined,
  };
}
