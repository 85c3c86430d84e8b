/** How near a run comes to the true colours of photographs that it sees as old scans only. */
import { labPlanes } from '../../../shared/colour/lab.js';
import { vividness } from '../../../shared/colour/metrics.js';
import { WEARS, type Wear, type WornFigures } from '../../../shared/run/evaluation.js';
import type { EightBitPixels } from '../photos/decode.js';
import { PredictionTally } from './prediction-tally.js';
import { pixelRanges } from './pixel-ranges.js';
import { wornPhoto } from './wear.js';

export class WornTallies {
  private readonly tallies = new Map<Wear, PredictionTally>(WEARS.map((wear) => [wear, new PredictionTally()]));

  /** @param paint Colorizes a picture. */
  constructor(private readonly paint: (photo: EightBitPixels) => Promise<EightBitPixels>) {}

  /** @param content Id of the photograph's file. */
  async add(truth: EightBitPixels, content: string): Promise<void> {
    for (const [wear, tally] of this.tallies) {
      const { data } = await this.paint(wornPhoto(truth, wear, content));
      for (const range of pixelRanges(truth)) tally.addPixels(labPlanes(truth.data.subarray(...range)), data.subarray(...range));
    }
  }

  /** @param clean Of the same photographs as they are: percent, ab units. */
  figures(clean: { aucRebalanced: number; trueChroma: number }): WornFigures[] {
    return [...this.tallies].map(([wear, tally]) => {
      const { auc, aucRebalanced, chroma } = tally.figures();
      return { wear, auc, aucRebalanced, chroma, vividness: vividness(chroma, clean.trueChroma), lost: clean.aucRebalanced - aucRebalanced };
    });
  }
}
