import { defineStore } from 'pinia';
import { computed, ref, watch } from 'vue';
import type { EXPORT_ANSWERS, EXPORT_FORMATS } from '../../../../shared/contract/kinds/graph-export.js';
import { PAPER_TEMPERATURE } from '../../../../shared/run/temperature.js';
import { useChosenRun } from '../../../stores/chosen-run.js';
import { below, fileName, useExport } from '../../exports/use-export.js';

export type Format = (typeof EXPORT_FORMATS)[number];
type Answer = (typeof EXPORT_ANSWERS)[number];

/** Endings of what is written; folders and checkpoints have none. */
const ENDINGS: Record<Format, string> = { pb: '.pb', pbtxt: '.pbtxt', onnx: '.onnx', savedmodel: '-savedmodel', tfjs: '-tfjs', checkpoint: '' };

/** A run's network for other programs: what is to be written, and the job that writes it. */
export const useExportingNetwork = defineStore('exporting-network', () => {
  const chosen = useChosenRun();
  const work = useExport('graphExport', 'exporting-network');
  const format = ref<Format>('pb');
  const answer = ref<Answer>('ab');
  const checkpoint = ref<'best' | 'newest'>('best');
  /** What the person chose; the run's own until then. */
  const chosenTemperature = ref<number>();
  const temperature = computed({
    get: () => chosenTemperature.value ?? run.value?.best?.temperature ?? PAPER_TEMPERATURE,
    set: (value) => (chosenTemperature.value = value),
  });
  const structure = ref(false);
  const folder = ref<string>();
  const name = ref('');
  /** What the result on the screen was asked for; that of another run is not shown. */
  const shown = computed(() => (work.given.value?.run === run.value?.path ? work.given.value : undefined));

  const run = computed(() => chosen.readable);
  const out = computed(() => (folder.value === undefined || name.value.trim() === '' ? undefined : below(folder.value, `${fileName(name.value.trim())}${ENDINGS[format.value]}`)));
  const missing = computed(() => (run.value === undefined ? 'Choose a run.' : out.value === undefined ? 'Choose where to write it.' : undefined));

  watch(() => run.value?.id, () => {
    chosenTemperature.value = undefined;
    if (run.value) name.value = fileName(run.value.name);
  }, { immediate: true });

  async function write(): Promise<void> {
    if (!run.value || out.value === undefined) return;
    await work.start({
      run: run.value.path, checkpoint: checkpoint.value, format: format.value, out: out.value, answer: answer.value, temperature: temperature.value,
      structure: structure.value && ['pb', 'pbtxt'].includes(format.value),
    });
  }

  return {
    ...work, result: computed(() => shown.value && work.result.value), failure: computed(() => shown.value && work.failure.value), written: computed(() => shown.value?.format),
    format, answer, checkpoint, temperature, structure, folder, name, run, out, missing, write,
  };
});
