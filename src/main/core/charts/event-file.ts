/**
 * Training curves as a TensorBoard event file: TFRecord frames (length, checksum, data, checksum) of TensorFlow's Event messages.
 */
import protobuf from 'protobufjs';
import type { MetricsLine } from '../../../shared/run/metrics.js';
import { crc32c, masked } from '../checkpoints/crc32c.js';

/** The fields used of tensorflow/core/util/event.proto and tensorflow/core/framework/summary.proto, with their numbers. */
const { root } = protobuf.parse(`
  syntax = "proto3";
  message Event { double wall_time = 1; int64 step = 2; string file_version = 3; Summary summary = 5; }
  message Summary { message Value { string tag = 1; float simple_value = 2; } repeated Value value = 1; }
`, { keepCase: true });
const Event = root.lookupType('Event');

/** TensorBoard finds event files by this part of their name. */
export const EVENT_FILE_NAME = 'events.out.tfevents.chromabench';

/**
 * @param metrics by ascending step
 * @param begun when the training began, in seconds since 1970
 */
export function eventFile(metrics: readonly MetricsLine[], begun: number): Uint8Array {
  const events = metrics.map((line) => ({ wall_time: begun + line.seconds, step: line.step, summary: { value: values(line) } }));
  const first = { wall_time: begun, file_version: 'brain.Event:2' };
  return Buffer.concat([first, ...events].map((event) => record(Event.encode(event).finish())));
}

function values({ loss, penalty, rate, validation }: MetricsLine): { tag: string; simple_value: number }[] {
  const scalars: Record<string, number> = { 'loss/training': loss, penalty, 'learning rate': rate };
  if (validation) {
    scalars['loss/validation'] = validation.loss;
    scalars['auc/raw'] = validation.auc;
    scalars['auc/rebalanced'] = validation.aucRebalanced;
  }
  return Object.entries(scalars).map(([tag, simple_value]) => ({ tag, simple_value }));
}

/** One TFRecord frame (tensorflow/core/lib/io/record_writer.cc). */
function record(data: Uint8Array): Buffer {
  const frame = Buffer.alloc(8 + 4 + data.length + 4);
  frame.writeBigUInt64LE(BigInt(data.length), 0);
  frame.writeUInt32LE(masked(crc32c(frame.subarray(0, 8))), 8);
  frame.set(data, 12);
  frame.writeUInt32LE(masked(crc32c(data)), 12 + data.length);
  return frame;
}
