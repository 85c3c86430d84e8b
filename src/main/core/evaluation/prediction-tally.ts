/**
 * Adds up how near the pictures of one way of colorizing come to the true ones, over a set of photographs.
 */
import { labPlanes } from '../../../shared/colour/lab.js';
import { chromaSum, ColourAccuracy, peakSignalToNoise, type AbPlanes } from '../../../shared/colour/metrics.js';
import type { EvaluationFigures } from '../../../shared/run/evaluation.js';

export class PredictionTally {
  readonly accuracy = new ColourAccuracy();
  private psnr = 0;
  private photos = 0;
  private chroma = 0;

  /** Adds a photograph's ratio. @param truth,predicted 8-bit sRGB of all its pixels */
  addPhoto(truth: Uint8Array, predicted: Uint8Array): void {
    this.psnr += peakSignalToNoise(truth, predicted);
    this.photos++;
  }

  /** Adds colours of some of its pixels. @param truth worked out once for all ways @param predicted 8-bit sRGB, Uint8Array [pixels, 3] */
  addPixels(truth: AbPlanes, predicted: Uint8Array): void {
    const lab = labPlanes(predicted);
    this.accuracy.add(truth, lab);
    this.chroma += chromaSum(lab);
  }

  /** Adds the photographs of another tally. */
  absorb(other: PredictionTally): void {
    this.accuracy.absorb(other.accuracy);
    this.psnr += other.psnr;
    this.photos += other.photos;
    this.chroma += other.chroma;
  }

  /** Not a number before a photograph was added. */
  auc(): number {
    return this.accuracy.auc();
  }

  /** Not numbers before a photograph was added. */
  figures(): EvaluationFigures {
    return {
      auc: this.auc(),
      aucRebalanced: this.accuracy.aucRebalanced(),
      psnr: this.psnr / this.photos,
      chroma: this.chroma / this.accuracy.pixels,
      curve: rounded(this.accuracy.curve()),
      curveRebalanced: rounded(this.accuracy.rebalancedCurve()),
    };
  }
}

/** Parts to which shares of a curve are kept: a pixel in a million cannot be seen, and files stay short. */
const PARTS = 1e6;

function rounded(shares: Float64Array): number[] {
  return Array.from(shares, (share) => Math.round(share * PARTS) / PARTS);
}
