/**
 * Paints the pictures of a job: in threads of their own where there are many, so that the network, which takes this thread, sees the next ones meanwhile.
 */
import { availableParallelism } from 'node:os';
import { compiledEntry } from '../compiled-entry.js';
import type { Pixels } from '../photos/decode.js';
import { ThreadPool } from '../thread-pool.js';
import { paintPicture } from './painted-picture.js';
import type { PaintingTask } from './painting-thread.js';
import { SMALL_PIXELS } from './prepared-picture.js';

/** A job of fewer pictures is done before threads would be of use. */
const WORTH_THREADS = 8;
/** Beside the network one processor less than there are paints; more than this many it does not keep busy. */
const MOST_THREADS = 4;

export class Painters {
  private readonly threads?: ThreadPool<PaintingTask, Pixels>;

  /** @param pictures So many will come. */
  constructor(pictures: number) {
    if (pictures < WORTH_THREADS) return;
    this.threads = new ThreadPool(compiledEntry('painting-thread', import.meta.url), Math.min(MOST_THREADS, Math.max(1, availableParallelism() - 1)));
  }

  /**
   * The same pixels as `paintPicture`, wherever they are painted. Large pictures are painted here: their copies would take memory that nobody reckoned with.
   * @throws Error when a thread ended, or `close` came first
   */
  async paint(task: PaintingTask): Promise<Pixels> {
    const { pixels, seen, coarse, stride } = task;
    if (this.threads === undefined || pixels.width * pixels.height > SMALL_PIXELS) return paintPicture(pixels, seen, coarse, stride);
    const copy = copied(pixels);
    return this.threads.ask({ pixels: copy, seen: { width: seen.width, height: seen.height }, coarse, stride }, [copy.data.buffer as ArrayBuffer]);
  }

  async close(): Promise<void> {
    await this.threads?.close();
  }
}

/** A codec's own memory cannot be handed over. */
function copied(pixels: Pixels): Pixels {
  return pixels.depth === 8 ? { ...pixels, data: new Uint8Array(pixels.data) } : { ...pixels, data: new Uint16Array(pixels.data) };
}
