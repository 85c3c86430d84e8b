/**
 * Paints the pictures of a job: in threads of their own where there are many, so that the network, which takes this thread, sees the next ones meanwhile.
 */
import { compiledEntry } from '../compiled-entry.js';
import type { Pixels } from '../photos/decode.js';
import { copyToHandOver, SMALL_PIXELS } from '../photos/pixel-copy.js';
import { ThreadPool, threadsBeside } from '../thread-pool.js';
import { paintPicture } from './painted-picture.js';
import type { PaintingTask } from './painting-thread.js';

/** A job of fewer pictures is done before threads would be of use. */
const WORTH_THREADS = 8;
/** More than this the network does not keep busy. */
const MOST_THREADS = 4;

export class Painters {
  private readonly threads?: ThreadPool<PaintingTask, Pixels>;

  /** @param pictures So many will come. */
  constructor(pictures: number) {
    if (pictures < WORTH_THREADS) return;
    this.threads = new ThreadPool(compiledEntry('painting-thread', import.meta.url), threadsBeside(MOST_THREADS));
  }

  /**
   * The same pixels as `paintPicture`, wherever they are painted. Large pictures are painted here: their copies would take memory that nobody reckoned with.
   * @throws Error when a thread ended, or `close` came first
   */
  async paint(task: PaintingTask): Promise<Pixels> {
    const { pixels, seen, coarse, stride } = task;
    if (this.threads === undefined || pixels.width * pixels.height > SMALL_PIXELS) return paintPicture(pixels, seen, coarse, stride);
    const copy = copyToHandOver(pixels);
    return this.threads.ask({ pixels: copy, seen: { width: seen.width, height: seen.height }, coarse, stride }, [copy.data.buffer as ArrayBuffer]);
  }

  async close(): Promise<void> {
    await this.threads?.close();
  }
}
