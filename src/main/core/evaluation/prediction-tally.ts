/**
 * Adds up how near the pictures of one way of colorizing come to the true ones, over a set of photographs.
 */
import { labPlanes } from '../../../shared/colour/lab.js';
import { chromaSum, ColourAccuracy, peakSignalToNoise, type AbPlanes } from '../../../shared/colour/metrics.js';

/** A way of colorizing, in figures. */
export interface PredictionFigures {
  /** Colour accuracy in percent (Zhang et al. 2016); raw, and with every 10-unit tile of true colours counting alike. */
  auc: number;
  aucRebalanced: number;
  /** Mean over the photographs, dB; identical pictures count as 100. */
  psnr: number;
  /** Mean distance of the colours from gray, in ab units. */
  chroma: number;
}

export class PredictionTally {
  private readonly accuracy = new ColourAccuracy();
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

  /** Not numbers before a photograph was added. */
  figures(): PredictionFigures {
    return {
      auc: this.accuracy.auc(),
      aucRebalanced: this.accuracy.aucRebalanced(),
      psnr: this.psnr / this.photos,
      chroma: this.chroma / this.accuracy.pixels,
    };
  }
}
