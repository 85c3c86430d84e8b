/** The training's end of the thread of batches: the next few training batches are always under way. */
import { Worker } from 'node:worker_threads';
import { UserError } from '../errors.js';
import { compiledEntry } from '../compiled-entry.js';
import type { BatchReply, BatchRequest, BatchThreadData } from './batch-protocol.js';
import type { Batch } from './batch.js';

/** Batches made ahead: enough to ride over a slow decode, few enough to cost little memory. */
const AHEAD = 3;

/** A request without its number. */
type Question = BatchRequest extends infer R ? (R extends BatchRequest ? Omit<R, 'id'> : never) : never;
type Answer = Extract<BatchReply, { id: number }>;

interface Waiting {
  resolve: (reply: Answer) => void;
  reject: (error: unknown) => void;
}

export class BatchSource {
  private readonly worker: Worker;
  private readonly waiting = new Map<number, Waiting>();
  /** Training batches asked for, by step. */
  private readonly ahead = new Map<number, Promise<Batch>>();
  private asked = 0;
  private broken: unknown;

  /**
   * @param onSkipped Told once of each photograph that cannot be read any more.
   */
  constructor(
    data: BatchThreadData,
    private readonly onSkipped: (path: string, reason: string) => void,
  ) {
    this.worker = new Worker(compiledEntry('batch-thread', import.meta.url), { workerData: data });
    this.worker.on('message', (reply: BatchReply) => this.receive(reply));
    this.worker.on('error', (error) => this.fail(error));
    this.worker.on('exit', () => this.fail(new Error('the thread of batches ended')));
  }

  /**
   * The batch of a training step; the same for the same step, whenever it is asked for.
   * @throws UserError when the photographs are gone.
   */
  training(step: number): Promise<Batch> {
    const batch = this.underWay(step);
    for (let next = step + 1; next <= step + AHEAD; next++) void this.underWay(next);
    this.ahead.delete(step);
    return batch;
  }

  private underWay(step: number): Promise<Batch> {
    const known = this.ahead.get(step);
    if (known !== undefined) return known;
    const made = this.askForBatch({ kind: 'training', step });
    // It may fail before anybody waits for it; whoever asks for it then gets the error.
    made.catch(() => undefined);
    this.ahead.set(step, made);
    return made;
  }

  /** Middle squares of `count` validation photographs from `from` on; fewer where some cannot be read. */
  validation(from: number, count: number, side: number): Promise<Batch> {
    return this.askForBatch({ kind: 'validation', from, count, side });
  }

  /** The same as pixels. */
  async squares(from: number, count: number, side: number): Promise<Uint8Array[]> {
    const reply = await this.ask({ kind: 'squares', from, count, side });
    return reply.kind === 'squares' ? reply.squares : [];
  }

  /** Bytes of decoded photographs that are kept in memory. */
  async keptBytes(): Promise<number> {
    const reply = await this.ask({ kind: 'kept' });
    return reply.kind === 'kept' ? reply.bytes : 0;
  }

  /** Ends the thread; what was asked for and has not come is let go. */
  async close(): Promise<void> {
    this.broken ??= new Error('the thread of batches was closed');
    this.waiting.clear();
    await this.worker.terminate();
  }

  private async askForBatch(question: Question): Promise<Batch> {
    const reply = await this.ask(question);
    if (reply.kind !== 'batch') throw new Error(`a batch was asked for, not ${reply.kind}`);
    return reply.batch;
  }

  private ask(question: Question): Promise<Answer> {
    if (this.broken !== undefined) return Promise.reject(this.broken as Error);
    const id = this.asked++;
    return new Promise<Answer>((resolve, reject) => {
      this.waiting.set(id, { resolve, reject });
      this.worker.postMessage({ ...question, id });
    });
  }

  private receive(reply: BatchReply): void {
    if (reply.kind === 'skipped') return this.onSkipped(reply.path, reply.reason);
    const waiting = this.waiting.get(reply.id);
    this.waiting.delete(reply.id);
    if (reply.kind === 'fault') waiting?.reject(reply.forPerson ? new UserError(reply.message) : new Error(reply.message));
    else waiting?.resolve(reply);
  }

  private fail(error: unknown): void {
    this.broken ??= error;
    for (const { reject } of this.waiting.values()) reject(this.broken);
    this.waiting.clear();
  }
}
