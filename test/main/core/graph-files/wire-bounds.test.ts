import { describe, expect, it } from 'vitest';
import { checkText, checkWire } from '../../../../src/main/core/graph-files/wire-bounds.js';
import { messageType } from '../../../../src/main/core/graph/schema.js';

const GRAPH = messageType('GraphDef');
const bounds = { memory: 2 ** 20, depth: 60 };

describe('the memory of a message is bounded', () => {
  it.each([
    ['unknown numbers', Buffer.from('f80700'.repeat(6000), 'hex')],
    ['unknown texts', Buffer.from('fa0700'.repeat(6000), 'hex')],
    ['known fields written in another way', Buffer.from('0800'.repeat(6000), 'hex')],
  ])('for %s', (_, bytes) => {
    expect(() => checkWire(GRAPH, bytes, { bounds })).toThrow(/more than the 1 MB of memory/);
    expect(checkWire(GRAPH, bytes.subarray(0, 600), { bounds }).memory).toBeGreaterThanOrEqual(200 * 200);
  });
});

describe('the memory of a text is bounded before it is parsed', () => {
  it.each([
    ['messages', 'node{}'.repeat(6000), /more than the 1 MB of memory/],
    ['numbers', `float_val:[${'1,'.repeat(30_000)}1]`, /more than the 1 MB of memory/],
    ['fields', 'float_val:1\n'.repeat(30_000), /more than the 1 MB of memory/],
    ['messages within messages', 'a{'.repeat(61), /nest more than 60 deep/],
  ])('of %s', (_, text, message) => {
    expect(() => checkText(text, bounds)).toThrow(message);
  });

  it('but strings and remarks stand for themselves', () => {
    expect(() => checkText(`name: "${'{:\\",'.repeat(30_000)}" # ${'{'.repeat(30_000)}\nop: '${'<'.repeat(30_000)}'`, bounds)).not.toThrow();
  });
});
