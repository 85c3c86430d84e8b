/** Messages of TensorFlow in binary and in text form. What this program does not know of a binary message is kept. */
import protobuf from 'protobufjs';
import textFormat from 'protobufjs/ext/textformat.js';
import { messageType, type GraphMessage } from '../graph/schema.js';
import { checkText, checkWire, WireFault } from './wire-bounds.js';

/** @throws WireFault where the bytes are no such message, or one that would not fit into memory. */
export function decodeMessage<T>(type: protobuf.Type, bytes: Buffer): T {
  checkWire(type, bytes);
  const reader = protobuf.Reader.create(bytes);
  reader.discardUnknown = false;
  try {
    return type.decode(reader) as T;
  } catch (error) {
    throw new WireFault((error as Error).message, { cause: error });
  }
}

export function encodeMessage(type: protobuf.Type, message: object): Buffer {
  return type.encode(message).finish() as Buffer;
}

/** Bytes that are gathered before they are handed out. */
const PIECE = 2 ** 20;

/** The binary form of a graph in pieces, which together are the same as that of the whole: repeated fields of a message may be written apart. */
export function* encodeGraphInPieces(graph: GraphMessage): Generator<Buffer> {
  const type = messageType('GraphDef');
  let [gathered, bytes]: [Buffer[], number] = [[], 0];
  for (const node of graph.node) {
    gathered.push(encodeMessage(type, { node: [node] }));
    bytes += gathered[gathered.length - 1].length;
    if (bytes < PIECE) continue;
    yield Buffer.concat(gathered);
    [gathered, bytes] = [[], 0];
  }
  yield Buffer.concat([...gathered, encodeMessage(type, { ...graph, node: [] })]);
}

/** Characters of text that are read: a hundred times that of a usual graph without its weights. */
export const MAX_TEXT = 128 * 2 ** 20;

/** @throws WireFault with the line where the text is wrong, or where it would not fit into memory. */
export function parseMessage<T>(type: protobuf.Type, text: string): T {
  checkText(text);
  try {
    // Read anew from the binary form, messages have their defaults whichever way they came.
    return decodeMessage(type, encodeMessage(type, textFormat.fromText(type, text)));
  } catch (error) {
    throw new WireFault((error as Error).message, { cause: error });
  }
}

/** Text as TensorFlow's own programs read it, ending with a line end. */
export function printMessage(type: protobuf.Type, message: object): string {
  return `${textFormat.toText(type, message)}\n`;
}
