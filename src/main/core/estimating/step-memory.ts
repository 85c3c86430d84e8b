/** Memory that training steps take, beside what the process held before and the photographs that it keeps. */
import { writeFile } from 'node:fs/promises';

/** Linux: what sets the greatest resident memory of this process back to what it is now. */
const [PEAK_FILE, RESET_PEAK] = ['/proc/self/clear_refs', '5'];

export class StepMemory {
  private constructor(
    private readonly idle: number,
    /** Greatest resident memory of the process before the first step, in bytes. */
    private readonly peakBefore: number,
  ) {}

  /** To be called before the first step. */
  static async begin(): Promise<StepMemory> {
    // Elsewhere, and where it is not allowed, an earlier peak stays.
    await writeFile(PEAK_FILE, RESET_PEAK).catch(() => undefined);
    return new StepMemory(process.memoryUsage.rss(), peak());
  }

  /** To be called after the last step. @param keptBytes Of decoded photographs that are kept. @returns Bytes */
  end(keptBytes: number): { idleMemory: number; stepMemory: number } {
    // A peak from before the steps says nothing of them: then what is held now is the best that is known.
    const most = peak() > this.peakBefore ? peak() : process.memoryUsage.rss();
    return { idleMemory: this.idle, stepMemory: Math.max(0, most - this.idle - keptBytes) };
  }
}

function peak(): number {
  return process.resourceUsage().maxRSS * 1024;
}
