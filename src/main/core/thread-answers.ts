/** A thread's end of a ThreadPool. */
import { parentPort } from 'node:worker_threads';
import type { ThreadReply } from './thread-pool.js';

/**
 * Answers every question that comes to this thread; does nothing where this is no thread.
 * @param answer What it throws is thrown where the question was asked.
 * @param buffersOf Buffers of an answer that go over instead of being copied.
 */
export function answerQuestions<Q, A>(answer: (question: Q) => A | Promise<A>, buffersOf: (answer: A) => ArrayBuffer[] = () => []): void {
  const port = parentPort;
  port?.on('message', ({ id, question }: { id: number; question: Q }) => {
    void replyTo(id, question, answer).then((reply) => port.postMessage(reply, 'fault' in reply ? [] : buffersOf(reply.answer)));
  });
}

async function replyTo<Q, A>(id: number, question: Q, answer: (question: Q) => A | Promise<A>): Promise<ThreadReply<A>> {
  try {
    return { id, answer: await answer(question) };
  } catch (error) {
    return { id, fault: error instanceof Error ? error : new Error(String(error)) };
  }
}
