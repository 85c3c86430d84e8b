import { shallowReactive } from 'vue';
import type { CheckpointTensor, TensorFigures } from '../../../shared/contract/graph-view.js';
import { door } from '../../api/door.js';

/** Bytes of a tensor whose values are looked into without being asked for. */
const MOST = 16 * 2 ** 20;

/** Figures of a checkpoint's tensors, fetched one after the other as they come into view. */
export class TensorFiguresList {
  private readonly known = shallowReactive(new Map<string, TensorFigures | null>());
  private readonly waiting = new Set<CheckpointTensor>();
  private isBusy = false;

  constructor(private readonly checkpoint: string) {}

  /** undefined while they are not here yet, which asks for them; null where there are none. */
  of(tensor: CheckpointTensor): TensorFigures | null | undefined {
    const found = this.known.get(tensor.name);
    if (found === undefined && tensor.bytes <= MOST && !this.waiting.has(tensor)) {
      this.waiting.add(tensor);
      void this.work();
    }
    return tensor.bytes > MOST ? null : found;
  }

  /** Of all that are not too large, for a file. */
  async all(tensors: readonly CheckpointTensor[]): Promise<(TensorFigures | null)[]> {
    for (const tensor of tensors) if (tensor.bytes <= MOST && !this.known.has(tensor.name)) await this.fetch(tensor);
    return tensors.map(({ name }) => this.known.get(name) ?? null);
  }

  /** What came into view last is what the person looks at. */
  private async work(): Promise<void> {
    if (this.isBusy) return;
    this.isBusy = true;
    for (let last = [...this.waiting].at(-1); last; last = [...this.waiting].at(-1)) {
      if (!this.known.has(last.name)) await this.fetch(last);
      this.waiting.delete(last);
    }
    this.isBusy = false;
  }

  private async fetch({ name }: CheckpointTensor): Promise<void> {
    // Why it cannot be read is told where it is chosen.
    this.known.set(name, await door.request('figuresOfTensor', { checkpoint: this.checkpoint, name }).catch(() => null));
  }
}
