/**
 * What each step learns from: which piece of which photograph, mirrored or not. It depends on the seed and the step alone,
 * so that a resumed or repeated run sees the same pieces whatever the timing.
 */
import type { TrainingConfig } from '../../../shared/run/config.js';
import { Random } from '../../../shared/random.js';

export interface Size {
  width: number;
  height: number;
}

export interface Patch {
  /** Index of the photograph. */
  photo: number;
  /** Top left corner in the photograph as it is seen. */
  x: number;
  y: number;
  /** Side in pixels of the photograph as it is seen; it is shown at the plan's. */
  side: number;
  mirrored: boolean;
}

export interface PatchPlanOptions extends Pick<TrainingConfig['patches'], 'cut' | 'batch' | 'flips' | 'zoom'> {
  seed: number;
  /** Side at which a piece is shown, in pixels. */
  side: number;
}

export class PatchPlan {
  /** Pieces of one epoch. */
  readonly patchesAnEpoch: number;
  /** Grid: number of pieces in the photographs before each one. Float64Array [photographs + 1] */
  private readonly before: Float64Array;
  private order: { epoch: number; permutation: Uint32Array } | undefined;

  /** @param sizes Photographs as they are seen, no side below the piece's. */
  constructor(
    private readonly sizes: readonly Size[],
    private readonly options: PatchPlanOptions,
  ) {
    this.before = new Float64Array(sizes.length + 1);
    sizes.forEach((size, photo) => (this.before[photo + 1] = this.before[photo] + this.piecesOf(size)));
    this.patchesAnEpoch = this.before[sizes.length];
  }

  /** Steps that show every piece once; fractions count. */
  get stepsAnEpoch(): number {
    return this.patchesAnEpoch / this.options.batch;
  }

  /** The pieces of a step. @param step From 1 on. */
  patchesOf(step: number): Patch[] {
    const { batch } = this.options;
    return Array.from({ length: batch }, (_, slot) => this.patchAt((step - 1) * batch + slot));
  }

  /** Another piece in the place of one whose photograph cannot be read; differs for each photograph it is asked of. */
  replacement(step: number, slot: number, photo: number): Patch {
    return this.randomPatch(photo, new Random(this.options.seed, 'replacement', step, slot, photo));
  }

  /** @param position Pieces seen before this one. */
  private patchAt(position: number): Patch {
    const epoch = Math.floor(position / this.patchesAnEpoch);
    const index = this.permutationOf(epoch)[position % this.patchesAnEpoch];
    const random = new Random(this.options.seed, 'patch', position);
    return this.options.cut === 'grid' ? this.gridPatch(index, random) : this.randomPatch(index, random);
  }

  /** A batch lies in one epoch or two neighbours; one order at a time is enough. */
  private permutationOf(epoch: number): Uint32Array {
    if (this.order?.epoch !== epoch) {
      this.order = { epoch, permutation: new Random(this.options.seed, 'order', epoch).permutation(this.patchesAnEpoch) };
    }
    return this.order.permutation;
  }

  private gridPatch(index: number, random: Random): Patch {
    const photo = this.photoOfPiece(index);
    const within = index - this.before[photo];
    const { side } = this.options;
    const columns = Math.floor(this.sizes[photo].width / side);
    return { photo, x: (within % columns) * side, y: Math.floor(within / columns) * side, side, mirrored: this.mirrored(random) };
  }

  private randomPatch(photo: number, random: Random): Patch {
    const { width, height } = this.sizes[photo];
    const side = this.randomSide(Math.min(width, height), random);
    return { photo, x: random.integer(width - side + 1), y: random.integer(height - side + 1), side, mirrored: this.mirrored(random) };
  }

  /** As likely twice as large as half as large; within the photograph. */
  private randomSide(most: number, random: Random): number {
    const { side, zoom } = this.options;
    if (zoom === 1) return side;
    const [smallest, largest] = [Math.ceil(side / zoom), Math.min(most, Math.floor(side * zoom))];
    return Math.round(smallest * (largest / smallest) ** random.uniform());
  }

  private mirrored(random: Random): boolean {
    return this.options.flips && random.uniform() < 0.5;
  }

  private piecesOf({ width, height }: Size): number {
    const { cut, side } = this.options;
    return cut === 'random' ? 1 : Math.floor(width / side) * Math.floor(height / side);
  }

  /** Bisection: the last photograph with at most `index` pieces before it. */
  private photoOfPiece(index: number): number {
    let low = 0;
    let high = this.sizes.length - 1;
    while (low < high) {
      const middle = Math.ceil((low + high) / 2);
      if (this.before[middle] <= index) low = middle;
      else high = middle - 1;
    }
    return low;
  }
}
