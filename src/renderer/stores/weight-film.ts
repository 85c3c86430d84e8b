import { ref, shallowRef, toValue, watch, type MaybeRefOrGetter } from 'vue';
import type { LabWeights } from '../../shared/contract/lab-view.js';
import type { PenaltyKind } from '../../shared/labs/regularization/penalties.js';
import { parametersOfSizes, unpackedNetworks } from '../../shared/labs/regularization/packed-layers.js';
import type { Layer } from '../../shared/labs/regularization/weights.js';
import { door } from '../api/door.js';

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
  let wanted: number | undefined;
  let reading = false;

  /** Weights at a recorded epoch, from 0; undefined while they are read. */
  function at(record: number): WeightMoment | undefined {
    void readings.value;
    const values = kept.get(record);
    if (values === undefined || head.value === undefined) return want(record);
    const { members, sizes } = head.value;
    const networks = unpackedNetworks(values, members.length, sizes);
    return { networks: members.map((member, k) => ({ ...member, layers: networks[k] })) };
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
    if (toValue(lab) === id && read) take(read);
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
    readings.value += 1;
  }

  watch(() => toValue(lab), () => {
    kept.clear();
    [head.value, records.value, wanted] = [undefined, 0, undefined];
    if (toValue(lab) !== undefined) want(0);
  }, { immediate: true });
  // What has come since is read once, from where the page stands.
  watch(() => toValue(told), (now) => now > records.value && want(records.value));

  return { records, at };
}

/** @param base64 float32, little-endian. */
function numbersOf(base64: string): Float32Array {
  const bytes = Uint8Array.from(atob(base64), (sign) => sign.charCodeAt(0));
  const view = new DataView(bytes.buffer);
  return Float32Array.from({ length: bytes.length / 4 }, (_, k) => view.getFloat32(4 * k, true));
}
