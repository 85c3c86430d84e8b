/**
 * Entry of the process in which a graph runs: it loads a SavedModel, runs it as asked, and answers; layers models of TensorFlow.js, too.
 * Whatever happens here costs this process alone.
 */
import { writeFile } from 'node:fs/promises';
import { NativeSession } from '../graph/native-session.js';
import { answersOfLayers } from '../layers-model/run-layers.js';
import type { GraphQuestion, GraphAnswer } from './graph-messages.js';

let session: NativeSession | undefined;

process.on('message', (question: GraphQuestion) => void reply(question).then(answer));
process.on('disconnect', () => process.exit());
process.on('SIGINT', () => {});
// Where memory runs out, the system should end this process rather than another.
void writeFile('/proc/self/oom_score_adj', '1000').catch(() => {});

async function reply(question: GraphQuestion): Promise<GraphAnswer> {
  try {
    if (question.do === 'load') {
      session?.close();
      session = NativeSession.load(question.folder);
      return { results: [], seconds: 0 };
    }
    const begun = performance.now();
    if (question.do === 'layers') return { results: await answersOfLayers(question.path, question.feeds), seconds: (performance.now() - begun) / 1000 };
    const results = (session as NativeSession).run(question.feeds, question.fetches);
    return { results, seconds: (performance.now() - begun) / 1000 };
  } catch (error) {
    return { fault: (error as Error).message };
  }
}

function answer(message: GraphAnswer): void {
  process.send?.(message);
}
