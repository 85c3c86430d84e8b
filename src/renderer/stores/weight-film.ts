import { onScopeDispose, ref, shallowRef, toValue, watch, type MaybeRefOrGetter } from 'vue';
import type { LabWeights } from '../../shared/contract/lab-view.js';
import { largestWeight } from '../../shared/charts/labs/weight-grids.js';
import type { PenaltyKind } from '../../shared/labs/regularization/penalties.js';
import { parametersOfSizes, unpackedNetworks } from '../../shared/labs/regularization/packed-layers.js';
import type { Layer } from '../../shared/labs/regularization/weights.js';
import { door } from '../api/door.js';

/** A reading that failed is tried again after so long. */
const AGAIN_MS = 2000;

/** Weights kept in the page; beyond it those read longest ago go, and are read again where they are wanted. */
const MOST_BYTES = 64 * 2 ** 20;

/** Every network of an experiment at one recorded epoch. */
export interface WeightMoment {
  networks: readonly { kind: PenaltyKind; run: number; layers: Layer[] }[];
}

/**
 * The weights of an experiment at its recorded epochs, read as they are looked at.
 * @param lab Id of the run; undefined for none. @param told Recorded epochs that the page has heard of: while an experiment runs, more and more.
 */
export function useWeightFilm(lab: MaybeRefOrGetter<string | undefined>, told: MaybeRefOrGetter<number>) {
  const records = ref(0);
  /** Counts readings, so that what is computed from them is computed anew. */
  const readings = ref(0);
  const head = shallowRef<Pick<LabWeights, 'sizes' | 'members'>>();
  const kept = new Map<number, Float32Array>();
  /** Of each network, over the epochs that were read. */
  let largest: number[] = [];
  let wanted: number | undefined;
  let reading = false;
  let again: ReturnType<typeof setTimeout> | undefined;

  /** Weights at a recorded epoch, from 0; undefined while they are read. */
  function at(record: number): WeightMoment | undefined {
    void readings.value;
    const values = kept.get(record);
    if (values === undefined || head.value === undefined) return want(record);
    const { members, sizes } = head.value;
    const networks = unpackedNetworks(values, members.length, sizes);
    return { networks: members.map((member, k) => ({ ...member, layers: networks[k] })) };
  }

  /** Weights at every recorded epoch; undefined while some are missing, or where they are more than the page keeps. */
  function whole(): WeightMoment[] | undefined {
    void readings.value;
    if (records.value === 0 || kept.size < records.value) return undefined;
    const all = Array.from({ length: records.value }, (_, record) => at(record));
    return all.every((moment) => moment !== undefined) ? all : undefined;
  }

  function want(record: number): undefined {
    wanted = record;
    if (!reading) void readOn();
  }

  async function readOn(): Promise<void> {
    const id = toValue(lab);
    if (id === undefined || wanted === undefined) return;
    const first = wanted;
    [wanted, reading] = [undefined, true];
    const read = await door.request('readLabWeights', { lab: id, first }).catch(() => undefined);
    reading = false;
    if (toValue(lab) === id) {
      if (read) take(read);
      // The wire may have broken, or the run have no folder yet. What is wanted by then goes before.
      else again = setTimeout(() => want(wanted ?? first), AGAIN_MS);
    }
    if (wanted !== undefined) void readOn();
  }

  function take(read: LabWeights): void {
    const { sizes, members } = read;
    [head.value, records.value] = [{ sizes, members }, read.records];
    const each = members.length * parametersOfSizes(sizes);
    const values = numbersOf(read.values);
    for (let k = 0; k < read.count; k++) kept.set(read.first + k, values.subarray(k * each, (k + 1) * each));
    for (const key of kept.keys()) {
      if (kept.size * each * 4 <= MOST_BYTES || kept.size <= read.count) break;
      kept.delete(key);
    }
    grow(values, members.length, sizes);
    readings.value += 1;
    const next = read.first + read.count;
    if (next < read.records && (next + 1) * each * 4 <= MOST_BYTES && !kept.has(next)) want(next);
  }

  /** The scale of each network grows with its weights. */
  function grow(values: Float32Array, networks: number, sizes: readonly number[]): void {
    const each = parametersOfSizes(sizes);
    for (let from = 0; from < values.length; from += networks * each) {
      unpackedNetworks(values.subarray(from, from + networks * each), networks, sizes)
        .forEach((layers, k) => (largest[k] = Math.max(largest[k] ?? 0, largestWeight([layers]))));
    }
  }

  /** Largest size that a weight of some networks ever had, as far as it was read. */
  function limitOf(isMeant: (member: LabWeights['members'][number]) => boolean): number {
    void readings.value;
    return (head.value?.members ?? []).reduce((most, member, k) => (isMeant(member) ? Math.max(most, largest[k] ?? 0) : most), 0) || 1;
  }

  watch(() => toValue(lab), () => {
    clearTimeout(again);
    kept.clear();
    largest = [];
    [head.value, records.value, wanted] = [undefined, 0, undefined];
    if (toValue(lab) !== undefined) want(0);
  }, { immediate: true });
  // What has come since is read once, from where the page stands.
  watch(() => toValue(told), (now) => now > records.value && want(records.value));

  onScopeDispose(() => clearTimeout(again));

  return { records, at, whole, limitOf };
}

/** @param base64 float32, little-endian. */
function numbersOf(base64: string): Float32Array {
  const bytes = Uint8Array.from(atob(base64), (sign) => sign.charCodeAt(0));
  const view = new DataView(bytes.buffer);
  return Float32Array.from({ length: bytes.length / 4 }, (_, k) => view.getFloat32(4 * k, true));
}
