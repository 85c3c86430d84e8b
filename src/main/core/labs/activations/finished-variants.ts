/** The trainings of a comparison: their order, their names, and what came of those that are through. */
import { join } from 'node:path';
import type { ActivationsConfig } from '../../../../shared/labs/activations/config.js';
import { variantResultSchema, type Variant, type VariantResult } from '../../../../shared/labs/activations/results.js';
import { boundedText } from '../../bounded-text.js';
import { jsonOrNothing } from '../lab-folder.js';

/** Of a result. */
const MOST_BYTES = 16 * 2 ** 20;

/** Every variant, in the order in which they are trained. */
export function variantsOf({ runs, normalization, activations }: ActivationsConfig): Variant[] {
  return Array.from({ length: runs }, (_, run) => run).flatMap((run) =>
    normalization.kinds.flatMap((kind) => activations.map((activation) => ({ activation, normalization: kind, run }))),
  );
}

/** `relu-with-1`: of files. */
export function variantName({ activation, normalization, run }: Variant): string {
  return `${activation}-${normalization}-${run + 1}`;
}

export function resultName(variant: Variant): string {
  return `result-${variantName(variant)}.json`;
}

/** The result of a variant that came to its end; undefined where there is none, or somebody damaged it. */
export async function finishedVariant(folder: string, variant: Variant): Promise<VariantResult | undefined> {
  const text = await boundedText(join(folder, resultName(variant)), MOST_BYTES).catch(() => '');
  return variantResultSchema.safeParse(jsonOrNothing(text)).data;
}

/** All that are through so far, in their order. */
export async function finishedVariants(folder: string, config: ActivationsConfig): Promise<VariantResult[]> {
  const found = await Promise.all(variantsOf(config).map((variant) => finishedVariant(folder, variant)));
  return found.filter((result) => result !== undefined);
}
