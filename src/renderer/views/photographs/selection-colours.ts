import { computed, shallowRef, watch, type Ref } from 'vue';
import { BinError, usedBins } from '../../../shared/colour/bins.js';
import { ColourHistogram } from '../../../shared/colour/histogram.js';
import { rebalancingWeights } from '../../../shared/colour/prior.js';
import type { CatalogueSummary } from '../../../shared/contract/catalogue.js';
import { door } from '../../api/door.js';

/** What is chosen of a catalogue. */
export interface Selection {
  catalogue: CatalogueSummary;
  /** None means all. */
  subfolders: readonly string[];
}

/** Window, lambda and smoothing as they are set. */
export interface BinSettings {
  window: number;
  lambda: number;
  smoothing: number;
}

/** The colours of a selection, and the bins, prior and weights that follow from the settings. The histogram is fetched, the rest is computed here. */
export function useSelectionColours(selection: Ref<Selection | undefined>, settings: Ref<BinSettings>) {
  const histogram = shallowRef<ColourHistogram>();
  const failure = shallowRef<string>();

  watch(selection, async (wanted) => {
    if (!wanted) return void (histogram.value = undefined);
    const { catalogue, subfolders } = wanted;
    const sparse = await door.request('coloursOfPhotographs', { catalogue: catalogue.id, subfolders: subfolders.length ? [...subfolders] : undefined }).catch(() => undefined);
    if (selection.value !== wanted || !sparse) return;
    const made = new ColourHistogram();
    made.add(sparse);
    histogram.value = made;
  }, { immediate: true });

  const bins = computed(() => {
    failure.value = undefined;
    if (!histogram.value || histogram.value.pixels === 0) return undefined;
    try {
      return usedBins(histogram.value, settings.value.window);
    } catch (error) {
      if (!(error instanceof BinError)) throw error;
      failure.value = error.message;
      return undefined;
    }
  });
  const weights = computed(() => bins.value && rebalancingWeights(bins.value, settings.value));
  return { histogram, bins, weights, failure };
}
