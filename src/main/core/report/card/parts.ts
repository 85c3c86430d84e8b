/** The model card of a run (Mitchell et al. 2019, "Model cards for model reporting"), as parts that HTML and Markdown both show. */
import { basename } from 'node:path';
import { vividness } from '../../../../shared/colour/metrics.js';
import { changedSettings } from '../../../../shared/run/repeat.js';
import type { EvaluationFile } from '../../../../shared/run/evaluation.js';
import type { RunFile, SplitPhoto } from '../../../../shared/run/files.js';
import { bytes, capital, count, counted, decimal, duration } from '../../../../shared/words/words.js';
import { subjectOf } from '../../evaluation/weak-points.js';
import { shown } from '../sections/settings.js';
import type { CardMaterial } from './material.js';
import { notGoodFor } from './not-good-for.js';
import type { CardBlock, CardPart } from './part.js';
import { subjectName } from './subject-name.js';

export function cardParts(material: CardMaterial): CardPart[] {
  return [photographsPart(material), settingsPart(material), figuresPart(material), ...weakParts(material), costPart(material), limitsPart(material)];
}

function photographsPart({ run: { file, config }, split }: CardMaterial): CardPart {
  const { folder, training, validation, test, refused } = file.data;
  const { testList } = config.photos;
  const list = testList === null ? '' : ` Those for test were named by the list ${basename(testList)}.`;
  return {
    title: 'Photographs',
    blocks: [
      { kind: 'text', text: `From the folder ${basename(folder)}.${list} ${refusedText(refused)}` },
      { kind: 'table', label: 'Photographs by use', columns: ['Use', 'Photographs'], rows: [['Learnt from', count(training)], ['Validation', count(validation)], ['Test', count(test)]] },
      { kind: 'table', label: 'Subjects learnt from', columns: ['Subject', 'Photographs'], rows: subjectCounts(split.training) },
    ],
  };
}

function refusedText(refused: Record<string, number> | undefined): string {
  if (refused === undefined) return 'Which files were refused was not kept.';
  const fates = Object.entries(refused);
  if (fates.length === 0) return 'No file was refused.';
  return `Refused: ${fates.map(([fate, files]) => `${count(files)} ${fate.replaceAll('-', ' ')}`).join(', ')}.`;
}

/** The most common first. */
function subjectCounts(photos: readonly SplitPhoto[]): string[][] {
  const counts = new Map<string, number>();
  for (const { path } of photos) counts.set(subjectOf(path), (counts.get(subjectOf(path)) ?? 0) + 1);
  return [...counts].sort(([, x], [, y]) => y - x).map(([name, photographs]) => [subjectName(name), count(photographs)]);
}

function settingsPart({ run: { config } }: CardMaterial): CardPart {
  const changed = changedSettings(config);
  const differ: CardBlock = changed.length === 0
    ? { kind: 'text', text: 'No setting differs from it.' }
    : { kind: 'table', label: 'Settings that differ from the preset', columns: ['Setting', 'This run', 'Preset'], rows: changed.map(({ key, value, preset }) => [key, settingText(value), settingText(preset)]) };
  return { title: 'Settings', blocks: [{ kind: 'text', text: `Preset ${config.preset}.` }, differ] };
}

/** A file by its name alone: where it lay is nobody's business. */
function settingText(value: unknown): string {
  return shown(typeof value === 'string' ? basename(value) : value);
}

function figuresPart({ metrics, evaluation }: CardMaterial): CardPart {
  const rows = [...lossRows(metrics), ...(evaluation ? evaluationRows(evaluation) : validationRows(metrics))];
  return {
    title: 'Figures',
    blocks: [
      { kind: 'text', text: evaluation ? measuredText(evaluation) : 'Not measured on photographs kept for test.' },
      { kind: 'table', label: 'Figures', columns: ['Figure', 'This run', 'Left gray'], rows },
      ...(evaluation?.worn ? [wornTable(evaluation)] : []),
    ],
  };
}

function lossRows(metrics: CardMaterial['metrics']): string[][] {
  const last = metrics.at(-1);
  const losses = metrics.flatMap(({ validation }) => (validation ? [validation.loss] : []));
  return [
    ...(last ? [['Training loss, last (nats)', decimal(last.loss, 3), '']] : []),
    ...(losses.length > 0 ? [['Validation loss, lowest (nats)', decimal(Math.min(...losses), 3), '']] : []),
  ];
}

function validationRows(metrics: CardMaterial['metrics']): string[][] {
  const last = metrics.findLast(({ validation }) => validation !== undefined)?.validation;
  return last ? [['AuC at validation (%)', decimal(last.auc, 1), ''], ['AuC rebalanced at validation (%)', decimal(last.aucRebalanced, 1), '']] : [];
}

function evaluationRows({ auc, aucRebalanced, psnr, chroma, trueChroma, baselines: { gray } }: EvaluationFile): string[][] {
  return [
    ['AuC (%)', decimal(auc, 1), decimal(gray.auc, 1)],
    ['AuC rebalanced (%)', decimal(aucRebalanced, 1), decimal(gray.aucRebalanced, 1)],
    ['PSNR (dB)', decimal(psnr, 1), decimal(gray.psnr, 1)],
    ['Vividness', decimal(vividness(chroma, trueChroma), 2), decimal(vividness(gray.chroma, trueChroma), 2)],
  ];
}

function measuredText({ photos, folder, list, part, step, temperature, created, excluded }: EvaluationFile): string {
  const which = list === undefined ? part && `those that the run kept for ${part}` : `those of the list ${basename(list)}`;
  const left = excluded.length > 0 ? ` ${counted(excluded.length, 'file')} could not be measured.` : '';
  return `Measured on ${counted(photos, 'photograph')} of the folder ${basename(folder)}${which ? `, ${which}` : ''}; step ${step}, temperature ${temperature}, ${created.slice(0, 10)}.${left}`;
}

function wornTable({ worn = [] }: EvaluationFile): CardBlock {
  return {
    kind: 'table', label: 'Old scans of the same photographs', columns: ['Wear', 'AuC rebalanced (%)', 'Lost (points)'],
    rows: worn.map(({ wear, aucRebalanced, lost }) => [capital(wear), decimal(aucRebalanced, 1), decimal(lost, 2)]),
  };
}

/** Subjects and colours, the weakest first; none where they were not measured. */
function weakParts({ evaluation }: CardMaterial): CardPart[] {
  if (!evaluation?.subjects || !evaluation.colours) return [];
  return [{
    title: 'Weak subjects and colours',
    blocks: [
      {
        kind: 'table', label: 'Subjects, the weakest first', columns: ['Subject', 'Photographs', 'AuC rebalanced (%)', 'AuC (%)', 'AuC left gray (%)', 'Vividness'],
        rows: evaluation.subjects.map((one) => [subjectName(one.name), count(one.photos), decimal(one.aucRebalanced, 1), decimal(one.auc, 1), decimal(one.grayAuc, 1), decimal(one.vividness, 2)]),
      },
      { kind: 'text', text: 'Means over the photographs of each subject.' },
      {
        kind: 'table', label: 'True colours, the weakest first', columns: ['Colour', 'Share of the pixels (%)', 'AuC (%)', 'AuC left gray (%)'],
        rows: evaluation.colours.map(({ name, share, auc, grayAuc }) => [capital(name), decimal(100 * share, 1), decimal(auc, 1), decimal(grayAuc, 1)]),
      },
    ],
  }];
}

function costPart({ run: { file }, metrics, cluster }: CardMaterial): CardPart {
  const last = metrics.at(-1);
  const time = last ? `${counted(last.step, 'step')} in ${duration(last.seconds)} of training.` : 'The training ended before its first report.';
  return {
    title: 'Time and machine',
    blocks: [{ kind: 'text', text: `${time} ${placeText(file, cluster)} ${counted(file.network.parameters, 'parameter')}, ${counted(file.network.Q, 'colour bin')}.` }],
  };
}

/** A machine from which a training was only handed over has not done it. */
function placeText({ machine, cluster: begunOn }: RunFile, last: CardMaterial['cluster']): string {
  const there = begunOn ?? (last?.start === null ? last : undefined);
  if (there) return `On a Ray cluster, ${counted(there.workers, 'worker')}.`;
  const here = machine ? `${machine.processor}, ${counted(machine.threads, 'thread')}, ${bytes(machine.memory)} of memory, ${machine.system}.` : 'The machine was not kept.';
  return last ? `Begun on: ${here} Continued on a Ray cluster, ${counted(last.workers, 'worker')}.` : here;
}

function limitsPart({ evaluation }: CardMaterial): CardPart {
  const items = evaluation ? notGoodFor(evaluation) : ['It has not been measured on photographs whose colours are known: nothing can be said of what it is good for.'];
  const block: CardBlock = items.length > 0 ? { kind: 'list', items } : { kind: 'text', text: 'In none of the figures above does it fall short of the marks that this list is made by.' };
  return { title: 'What it is not good for', blocks: [block] };
}
