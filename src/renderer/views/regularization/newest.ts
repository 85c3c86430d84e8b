import { storeToRefs } from 'pinia';
import { onMounted, watch } from 'vue';
import type { LabKind } from '../../../shared/labs/files.js';
import { useLabs } from '../../stores/labs.js';

/** Shows the newest finished run of a kind where a page is opened that shows none yet. */
export function showNewest(kind: LabKind, lab: { offer(lab: string): Promise<void> }): void {
  const labs = useLabs();
  const { all } = storeToRefs(labs);
  onMounted(() => void labs.refresh());
  const once = watch(all, (list) => {
    if (list === undefined) return;
    queueMicrotask(() => once());
    const newest = list.find((one) => one.kind === kind && one.state === 'finished');
    if (newest) void lab.offer(newest.id);
  }, { immediate: true });
}
