import { computed, ref, shallowRef, watch, type Ref } from 'vue';
import { BinError, usedBins, type BinSet } from '../../../shared/colour/bins.js';
import { ColourHistogram } from '../../../shared/colour/histogram.js';
import { rebalancingWeights } from '../../../shared/colour/prior.js';
import type { CatalogueSummary, SparseColours } from '../../../shared/contract/catalogue.js';
import { door } from '../../api/door.js';
import { messageOf } from '../../api/request-error.js';

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
  const busy = ref(false);

  watch(selection, async (wanted) => {
    failure.value = undefined;
    if (!wanted) return void (histogram.value = undefined);
    const { catalogue, subfolders } = wanted;
    busy.value = true;
    try {
      const sparse = await door.request('coloursOfPhotographs', { catalogue: catalogue.id, subfolders: subfolders.length ? [...subfolders] : undefined });
      if (selection.value === wanted) histogram.value = histogramOf(sparse);
    } catch (error) {
      if (selection.value === wanted) failure.value = messageOf(error);
    }
    if (selection.value === wanted) busy.value = false;
  }, { immediate: true });

  const binning = computed<{ bins?: BinSet; fault?: string }>(() => {
    if (!histogram.value || histogram.value.pixels === 0) return {};
    try {
      return { bins: usedBins(histogram.value, settings.value.window) };
    } catch (error) {
      if (error instanceof BinError) return { fault: error.message };
      throw error;
    }
  });
  const bins = computed(() => binning.value.bins);
  const weights = computed(() => bins.value && rebalancingWeights(bins.value, settings.value));
  return { histogram, bins, weights, busy, failure: computed(() => failure.value ?? binning.value.fault) };
}

function histogramOf(sparse: SparseColours): ColourHistogram {
  const histogram = new ColourHistogram();
  histogram.add(sparse);
  return histogram;
}
