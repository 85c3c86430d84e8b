import { useLocalStorage } from '@vueuse/core';
import { defineStore } from 'pinia';
import { computed, ref } from 'vue';

/** Here, there, or as the number of photographs has it. */
export type CountingPlace = 'auto' | 'here' | 'cluster';

/** What is asked of a cluster, as jobs take it. */
export interface ClusterChoice {
  address: string;
  workers: number;
  storage: string;
  place?: string;
  /** Where the photographs are looked through and their colours counted. */
  statistics: CountingPlace;
  headers?: Record<string, string>;
}

/** A line of a header: a name, a colon, a value in plain letters. */
const HEADER = /^([\w-]+):\s*([\x21-\x7e][\t\x20-\x7e]*)$/;
/** What would be written down with the run, or not be sent at all. */
const MORE_THAN_ADDRESS = /^https?:\/\/[^/]*@|[?#]/;

/** Which Ray cluster trains: what was typed last, but for headers, which are secrets and go with the page. */
export const useCluster = defineStore('cluster', () => {
  const address = useLocalStorage('chromabench.cluster.address', '');
  const workers = useLocalStorage('chromabench.cluster.workers', 2);
  const storage = useLocalStorage('chromabench.cluster.storage', '/tmp/chromabench-cluster');
  /** Where its machines see the photographs; empty: they are sent along. */
  const place = useLocalStorage('chromabench.cluster.place', '');
  const counting = useLocalStorage<CountingPlace>('chromabench.cluster.counting', 'auto');
  /** Machines that are sent the photographs one by one could not look through them before. */
  const statistics = computed(() => (place.value.trim() ? counting.value : 'here'));
  /** One a line. */
  const headers = ref('');

  const lines = computed(() => headers.value.split('\n').map((line) => line.trim()).filter(Boolean));
  /** Why headers cannot be sent, as a sentence. */
  const headersObstacle = computed(() => {
    const wrong = lines.value.find((line) => !HEADER.test(line));
    return wrong === undefined ? undefined : `“${wrong}” is no header: it must be a name, a colon and a value in plain letters.`;
  });
  /** Why it cannot be asked yet, as a sentence. */
  const obstacle = computed(() => {
    if (!/^https?:\/\/\S+$/.test(address.value.trim())) return 'Type the address of the head’s dashboard, such as http://10.0.0.1:8265.';
    if (MORE_THAN_ADDRESS.test(address.value.trim())) return 'The address goes on with a name, a question mark or a number sign, and would be written down with the run. Give the bare address; what a proxy wants to know belongs below Headers.';
    if (!Number.isInteger(workers.value) || workers.value < 1) return 'Say how many workers train together: 1 or more.';
    if (storage.value.trim() === '') return 'Say where checkpoints are kept: a path that all machines of the cluster see, s3:// or gs://.';
    return headersObstacle.value;
  });
  const headersGiven = computed(() => (lines.value.length ? Object.fromEntries(lines.value.map((line) => HEADER.exec(line)?.slice(1) ?? [])) as Record<string, string> : undefined));
  const choice = computed<ClusterChoice>(() => ({
    address: address.value.trim(), workers: workers.value, storage: storage.value.trim(), statistics: statistics.value,
    ...(place.value.trim() && { place: place.value.trim() }), ...(headersGiven.value && { headers: headersGiven.value }),
  }));

  return { address, workers, storage, place, counting, statistics, headers, headersGiven, headersObstacle, obstacle, choice };
});
