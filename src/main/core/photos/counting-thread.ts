/** Entry of a thread that counts the colours of photographs while the next ones are decoded; it loads nothing native. */
import { answerQuestions } from '../thread-answers.js';
import type { Findings } from './content-facts.js';
import type { EightBitPixels } from './decode.js';
import { factsOfPixels, type FrameFacts } from './pixel-facts.js';

export interface CountingTask {
  pixels: EightBitPixels;
  header: FrameFacts;
}

answerQuestions<CountingTask, Findings>(
  ({ pixels, header }) => factsOfPixels(pixels, header),
  ({ counts }) => (counts ? [counts.cells, counts.counts, counts.meanA, counts.meanB].map(({ buffer }) => buffer as ArrayBuffer) : []),
);
