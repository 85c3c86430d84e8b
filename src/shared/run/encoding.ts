/** The colour encoding that a configuration asks for. */
import type { Encoding } from '../colour/encode.js';
import type { TrainingConfig } from './config.js';

export function encodingOf({ kind, neighbours, sigma, kernelSize, kernelSigma }: TrainingConfig['encoding']): Encoding {
  switch (kind) {
    case 'hard':
      return { kind };
    case 'soft':
      return { kind, neighbours, sigma };
    case 'kernel':
      return { kind, size: kernelSize, sigma: kernelSigma };
  }
}
