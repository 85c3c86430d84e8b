import { shallowReactive } from 'vue';
import type { CheckpointTensor, TensorFigures } from '../../../shared/contract/graph-view.js';
import { door } from '../../api/door.js';

/** Bytes of a tensor whose values are looked into without being asked for. */
const MOST = 16 * 2 ** 20;

/** What could not be read is not asked for again that soon. */
const AGAIN_MS = 5_000;

/** Figures of a checkpoint's tensors, fetched one after the other as they come into view. */
export class TensorFiguresList {
  private readonly known = shallowReactive(new Map<string, TensorFigures | null>());
  /** When those failed that could not be read: they are tried again. */
  private readonly failed = new Map<string, number>();
  private readonly waiting = new Set<CheckpointTensor>();
  private isBusy = false;

  constructor(private readonly checkpoint: string) {}

  /** undefined while they are not here yet, which asks for them; null where there are none. */
  of(tensor: CheckpointTensor): TensorFigures | null | undefined {
    const found = this.known.get(tensor.name);
    if (this.isOpen(tensor.name, AGAIN_MS) && tensor.bytes <= MOST && !this.waiting.has(tensor)) {
      this.waiting.add(tensor);
      void this.work();
    }
    return tensor.bytes > MOST ? null : found;
  }

  /** Of all that are not too large, for a file. */
  async all(tensors: readonly CheckpointTensor[]): Promise<(TensorFigures | null)[]> {
    for (const tensor of tensors) if (tensor.bytes <= MOST && this.isOpen(tensor.name, 0)) await this.fetch(tensor);
    return tensors.map(({ name }) => this.known.get(name) ?? null);
  }

  /** What came into view last is what the person looks at. */
  private async work(): Promise<void> {
    if (this.isBusy) return;
    this.isBusy = true;
    for (let last = [...this.waiting].at(-1); last; last = [...this.waiting].at(-1)) {
      if (this.isOpen(last.name, AGAIN_MS)) await this.fetch(last);
      this.waiting.delete(last);
    }
    this.isBusy = false;
  }

  /** Whether it is to be asked for: not yet, or in vain so long ago. */
  private isOpen(name: string, after: number): boolean {
    const failedAt = this.failed.get(name);
    return failedAt === undefined ? !this.known.has(name) : performance.now() - failedAt >= after;
  }

  private async fetch({ name }: CheckpointTensor): Promise<void> {
    try {
      this.known.set(name, await door.request('figuresOfTensor', { checkpoint: this.checkpoint, name }));
      this.failed.delete(name);
    } catch {
      // Why it cannot be read is told where it is chosen.
      this.failed.set(name, performance.now());
      this.known.set(name, null);
    }
  }
}
