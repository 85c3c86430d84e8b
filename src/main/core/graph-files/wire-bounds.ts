/**
 * A look over the bytes of a protocol buffer before memory is taken for its messages: whether they are whole, how deep they nest, and
 * how much memory the decoded messages will take. A few bytes can stand for a whole object, so that the size of a file says little.
 */
import protobuf from 'protobufjs';

/** What the decoded parts of a message cost in this program, in bytes, counted generously. */
const COST = { message: 200, element: 40, text: 40, unknown: 200 };

export interface WireBounds {
  /** Bytes that the decoded message may take, long byte strings apart, which stay where they are. */
  memory: number;
  /** Messages within messages. */
  depth: number;
}

export const WIRE_BOUNDS: WireBounds = { memory: 512 * 2 ** 20, depth: 60 };

/** Why bytes are not read as a message. */
export class WireFault extends Error {
  override name = 'WireFault';
}

/** Bytes that may be a message, but one that is not read: it nests too deep or takes too much memory. */
export class WireExcess extends WireFault {}

export interface WireFindings {
  /** Fields that the definition does not know: many of them speak for another kind of message. */
  unknown: number;
  /** Bytes that the decoded message takes. */
  memory: number;
}

/**
 * @param bytes What should be a message of `type`.
 * @param whole False for the beginning of a longer file: that it breaks off is no fault.
 * @throws WireFault that says what is wrong.
 */
export function checkWire(type: protobuf.Type, bytes: Uint8Array, { bounds = WIRE_BOUNDS, whole = true }: { bounds?: WireBounds; whole?: boolean } = {}): WireFindings {
  const walk = new Walk(bytes, bounds, whole);
  walk.message(type, bytes.length, 0);
  return { unknown: walk.unknown, memory: walk.memory };
}

/**
 * The same for a message as text, before it is parsed: what stands outside of strings and remarks is counted.
 * @throws WireExcess
 */
export function checkText(text: string, { memory, depth }: WireBounds = WIRE_BOUNDS): void {
  let [spent, nested] = [0, 0];
  for (const [token] of text.matchAll(/"(?:[^"\\\n]|\\.)*"|'(?:[^'\\\n]|\\.)*'|#[^\n]*|[{}<>:,]/g)) {
    if (token === '{' || token === '<') [spent, nested] = [spent + COST.message, nested + 1];
    else if (token === '}' || token === '>') nested -= 1;
    else if (token === ':' || token === ',') spent += COST.element;
    if (nested > depth) throw new WireExcess(`its messages nest more than ${depth} deep`);
    if (spent > memory) throw new WireExcess(tooLarge(memory));
  }
}

function tooLarge(memory: number): string {
  return `decoded it would take more than the ${Math.round(memory / 2 ** 20)} MB of memory that are allowed for its structure`;
}

const CUT_OFF = 'it breaks off in the middle';

class Walk {
  unknown = 0;
  private at = 0;
  memory = 0;

  constructor(private readonly bytes: Uint8Array, private readonly bounds: WireBounds, private readonly whole: boolean) {}

  message(type: protobuf.Type, end: number, depth: number): void {
    if (depth > this.bounds.depth) throw new WireExcess(`its messages nest more than ${this.bounds.depth} deep`);
    this.spend(COST.message);
    while (this.at < end) {
      const tag = this.varint(end);
      if (tag === undefined) return;
      if (tag < 8) throw new WireFault('it holds a field without a number');
      if (!this.field(type.fieldsById[tag >>> 3], tag & 7, end, depth)) return;
    }
    if (this.at > end) throw new WireFault(CUT_OFF);
  }

  /** @returns False where the file breaks off here and may. */
  private field(field: protobuf.Field | undefined, wire: number, end: number, depth: number): boolean {
    if (field === undefined) this.unknown += 1;
    if (field === undefined || !this.fits(field, wire)) this.spend(COST.unknown); // such fields are kept, an object each
    switch (wire) {
      case 0:
        this.spend(field?.repeated ? COST.element : 0);
        return this.varint(end) !== undefined;
      case 1:
      case 5:
        this.spend(field?.repeated ? COST.element : 0);
        return this.skip(wire === 1 ? 8 : 4, end);
      case 2:
        return this.delimited(field, end, depth);
      default:
        throw new WireFault('it holds groups, which TensorFlow does not write');
    }
  }

  /** Whether a field may be written in that way; numbers of a list may also be packed. */
  private fits(field: protobuf.Field, wire: number): boolean {
    if (this.nested(field) || field.map) return wire === 2;
    const own = protobuf.types.basic[field.type as keyof typeof protobuf.types.basic] as number | undefined ?? 0; // an enumeration
    return wire === own || (field.repeated && wire === 2);
  }

  private delimited(field: protobuf.Field | undefined, end: number, depth: number): boolean {
    const length = this.varint(end);
    if (length === undefined) return false;
    const inner = this.at + length;
    if (inner > end) {
      if (this.whole || end < this.bytes.length) throw new WireFault(CUT_OFF);
      if (!this.nested(field)) return false;
    }
    const type = this.nested(field);
    if (type) this.message(type, Math.min(inner, end), depth + 1);
    else this.value(field, length, inner);
    return inner <= end;
  }

  private value(field: protobuf.Field | undefined, length: number, inner: number): void {
    if (field?.map) this.spend(COST.message + length);
    else if (field?.repeated && field.type !== 'string' && field.type !== 'bytes') this.spend(length * COST.element);
    else this.spend(COST.text + (field?.type === 'bytes' ? 0 : length));
    this.at = inner;
  }

  /** The messages inside a field; an entry of a map counts as its value. */
  private nested(field: protobuf.Field | undefined): protobuf.Type | undefined {
    if (field === undefined) return undefined;
    const type = field.resolve().resolvedType as protobuf.Type | null;
    if (type === null || !('fieldsById' in type)) return undefined;
    return field.map ? entryType(field) : type;
  }

  private varint(end: number): number | undefined {
    let value = 0;
    for (let place = 0, scale = 1; place < 10; place++, scale *= 128) {
      if (this.at >= end) return this.brokenOff(end);
      const byte = this.bytes[this.at++];
      value += (byte & 127) * scale;
      if (byte < 128) return value;
    }
    throw new WireFault('it holds a number of more than ten bytes');
  }

  private skip(count: number, end: number): boolean {
    this.at += count;
    if (this.at <= end) return true;
    this.brokenOff(end);
    return false;
  }

  private brokenOff(end: number): undefined {
    if (this.whole || end < this.bytes.length) throw new WireFault(CUT_OFF);
    return undefined;
  }

  private spend(bytes: number): void {
    this.memory += bytes;
    if (this.memory > this.bounds.memory) {
      throw new WireExcess(tooLarge(this.bounds.memory));
    }
  }
}

const entryTypes = new WeakMap<protobuf.Field, protobuf.Type>();

/** Stands for the entries of a map of messages: the key is field 1, the value field 2. */
function entryType(field: protobuf.Field): protobuf.Type {
  let type = entryTypes.get(field);
  if (type === undefined) {
    const value = { type: field.type, repeated: false, map: false, resolvedType: field.resolvedType, resolve: () => value };
    const key = { type: 'string', repeated: false, map: false, resolvedType: null, resolve: () => key };
    type = { fieldsById: { 1: key, 2: value } } as unknown as protobuf.Type;
    entryTypes.set(field, type);
  }
  return type;
}
