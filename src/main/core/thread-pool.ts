/**
 * Threads of this process that answer questions of one kind, each with its own copy of what it is asked about. A thread is started when all the
 * others have work: who asks little pays for few.
 */
import { availableParallelism } from 'node:os';
import { Worker } from 'node:worker_threads';

/** What a thread answers; it and the number of the question. */
export type ThreadReply<A> = { id: number; answer: A } | { id: number; fault: Error };

/** Threads that leave one processor to the work beside them; at least one. */
export function threadsBeside(most: number): number {
  return Math.min(most, Math.max(1, availableParallelism() - 1));
}

interface Waiting<A> {
  resolve: (answer: A) => void;
  reject: (error: unknown) => void;
}

/** A thread and the questions that it has not answered yet. */
class Thread<Q, A> {
  readonly waiting = new Map<number, Waiting<A>>();
  private readonly worker: Worker;

  constructor(entry: URL, private readonly onEnd: (error: unknown) => void) {
    this.worker = new Worker(entry);
    this.worker.on('message', (reply: ThreadReply<A>) => this.receive(reply));
    this.worker.on('error', (error) => this.onEnd(error));
    this.worker.on('exit', () => this.onEnd(new Error('a thread of this process ended before its time')));
  }

  ask(id: number, question: Q, transfer: readonly ArrayBuffer[]): Promise<A> {
    return new Promise((resolve, reject) => {
      this.waiting.set(id, { resolve, reject });
      this.worker.postMessage({ id, question }, transfer);
    });
  }

  failAll(error: unknown): void {
    for (const { reject } of this.waiting.values()) reject(error);
    this.waiting.clear();
  }

  async end(): Promise<void> {
    await this.worker.terminate();
  }

  private receive(reply: ThreadReply<A>): void {
    const waiting = this.waiting.get(reply.id);
    this.waiting.delete(reply.id);
    if ('fault' in reply) waiting?.reject(reply.fault);
    else waiting?.resolve(reply.answer);
  }
}

export class ThreadPool<Q, A> {
  private readonly threads: Thread<Q, A>[] = [];
  private asked = 0;
  private broken: unknown;

  /**
   * @param entry The compiled module that a thread runs; it calls `answerQuestions`.
   * @param most Threads at a time.
   */
  constructor(
    private readonly entry: URL,
    private readonly most: number,
  ) {}

  /**
   * Asks the thread that has the least to do.
   * @param transfer Buffers of the question that go over instead of being copied; they cannot be used here any more.
   * @throws what the answering function threw; that a thread ended, which ends the pool; that the pool was closed
   */
  async ask(question: Q, transfer: readonly ArrayBuffer[] = []): Promise<A> {
    if (this.broken !== undefined) throw this.broken as Error;
    return this.freest().ask(this.asked++, question, transfer);
  }

  /** Ends the threads; what has not been answered never will be. */
  async close(): Promise<void> {
    this.fail(new Error('the threads were ended'));
    await Promise.all(this.threads.map((thread) => thread.end()));
  }

  private freest(): Thread<Q, A> {
    const [freest] = [...this.threads].sort((one, other) => one.waiting.size - other.waiting.size);
    if (freest !== undefined && (freest.waiting.size === 0 || this.threads.length >= this.most)) return freest;
    const fresh = new Thread<Q, A>(this.entry, (error) => this.fail(error));
    this.threads.push(fresh);
    return fresh;
  }

  private fail(error: unknown): void {
    this.broken ??= error;
    for (const thread of this.threads) thread.failAll(this.broken);
  }
}
