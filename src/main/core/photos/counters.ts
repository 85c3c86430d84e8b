/**
 * Counts the colours of a folder's photographs: in threads of their own where there are many, so that counting and decoding, which libuv's threads do, go on
 * at the same time.
 */
import { compiledEntry } from '../compiled-entry.js';
import { ThreadPool, threadsBeside } from '../thread-pool.js';
import type { Findings } from './content-facts.js';
import type { CountingTask } from './counting-thread.js';
import type { EightBitPixels } from './decode.js';
import { factsOfPixels, type FrameFacts } from './pixel-facts.js';
import { copyToHandOver, SMALL_PIXELS } from './pixel-copy.js';

/** A folder of fewer files is read before threads would be of use. */
const WORTH_THREADS = 64;
/** Each has a table of its own of the colours met, up to 64 MB. */
const MOST_THREADS = 4;

export class Counters {
  private readonly threads?: ThreadPool<CountingTask, Findings>;

  /** @param files So many may come. */
  constructor(files: number) {
    if (files >= WORTH_THREADS) this.threads = new ThreadPool(compiledEntry('counting-thread', import.meta.url), threadsBeside(MOST_THREADS));
  }

  /**
   * The same as `factsOfPixels`, wherever it is found out. Large pictures are looked at here: their copies would take memory that nobody reckoned with.
   * @throws Error when a thread ended, or `close` came first
   */
  async look(pixels: EightBitPixels, { severalFrames }: FrameFacts): Promise<Findings> {
    if (this.threads === undefined || pixels.width * pixels.height > SMALL_PIXELS) return factsOfPixels(pixels, { severalFrames });
    const copy = copyToHandOver(pixels);
    return this.threads.ask({ pixels: copy, header: { severalFrames } }, [copy.data.buffer as ArrayBuffer]);
  }

  async close(): Promise<void> {
    await this.threads?.close();
  }
}
