/** What a comparison has to show in rows: every activation with its figures, and the differences between each two. */
import type { Chart } from '../../../shared/charts/chart.js';
import { NORMALIZATIONS, type ActivationsConfig, type Normalization } from '../../../shared/labs/activations/config.js';
import { ACTIVATION_NAMES } from '../../../shared/labs/activations/functions.js';
import type { ActivationRow, ActivationsReport, ActivationsResult, Variant, VariantResult } from '../../../shared/labs/activations/results.js';

type Table = Pick<Chart, 'name' | 'title' | 'table'>;

/** `ReLU, with normalization`. */
export function nameOf({ activation, normalization }: Pick<Variant, 'activation' | 'normalization'>): string {
  return `${ACTIVATION_NAMES[activation]}, ${normalization} normalization`;
}

/** How far the trainings of one row are. */
export interface RowProgress {
  done: number;
  runs: number;
  /** Step at which a run diverged, and what to do; the first that did. */
  diverged?: VariantResult['diverged'];
  /** Epochs of the run under way; absent where none is. */
  epoch?: number;
}

/** @param running Whether the comparison goes on: what has no end then is under way. */
export function progressOf(row: Pick<Variant, 'activation' | 'normalization'>, variants: readonly VariantResult[], reports: readonly ActivationsReport[], runs: number, running: boolean): RowProgress {
  const isOurs = (one: Variant) => one.activation === row.activation && one.normalization === row.normalization;
  const own = variants.filter(isOurs);
  const told = reports.filter((report) => isOurs(report) && !own.some(({ run }) => run === report.run));
  const epoch = running && told.length > 0 ? Math.max(...told.map((report) => report.epoch)) : undefined;
  return { done: own.length, runs, diverged: own.find(({ diverged }) => diverged)?.diverged, ...(epoch !== undefined && { epoch }) };
}

/** The rows of each kind of normalization, and the highest accuracy among them. */
export function blocksOf(rows: readonly ActivationRow[], { normalization }: ActivationsConfig): { kind: Normalization; rows: ActivationRow[]; highest: number | null }[] {
  return NORMALIZATIONS.filter((kind) => normalization.kinds.includes(kind)).map((kind) => {
    const own = rows.filter((row) => row.normalization === kind);
    const means = own.flatMap(({ accuracy }) => accuracy.mean ?? []);
    return { kind, rows: own, highest: means.length > 1 ? Math.max(...means) : null };
  });
}

export function comparisonTable(rows: readonly ActivationRow[]): Table {
  return {
    name: 'activations-comparison', title: 'Activations compared',
    table: {
      columns: [
        'activation', 'normalization', 'runs', 'accuracy (%)', 'standard deviation of the accuracy', 'accuracy in training (%)', 'cross-entropy', 'time a step (ms)', 'silent units (%)',
      ],
      rows: rows.map(({ activation, normalization, accuracy, trainingAccuracy, loss, millisecondsAStep, silent }) => [
        activation, normalization, accuracy.count, accuracy.mean, accuracy.count > 1 ? accuracy.deviation : null, trainingAccuracy.mean, loss.mean, millisecondsAStep.mean, silent.mean,
      ]),
    },
  };
}

type Differences = ActivationsResult['comparisons'];

/** Differences with the higher one first, clear ones before others, larger before smaller. */
export function orderedDifferences(comparisons: Differences): Differences {
  const turned = comparisons.map((one) => {
    if (one.difference === null || one.difference >= 0) return one;
    const interval: [number, number] | null = one.interval && [-one.interval[1], -one.interval[0]];
    return { ...one, first: one.second, second: one.first, difference: -one.difference, interval };
  });
  return turned.sort((x, y) => Number(y.clear) - Number(x.clear) || (y.difference ?? 0) - (x.difference ?? 0));
}

export function differencesTable(comparisons: Differences): Table {
  return {
    name: 'activations-differences', title: 'Differences in accuracy',
    table: {
      columns: ['normalization', 'first', 'second', 'difference (points)', 'interval from (95 %)', 'interval to (95 %)', 'larger than the spread'],
      rows: comparisons.map(({ normalization, first, second, difference, interval, clear }) => [
        normalization, first, second, difference, interval?.[0] ?? null, interval?.[1] ?? null, clear ? 'yes' : 'no',
      ]),
    },
  };
}
