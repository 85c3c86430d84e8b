/** The columns of the table of runs: what each shows, and by what it is put in order. */
import type { RunSummary } from '../../../shared/contract/run-view.js';
import { count, decimal, duration, moment } from '../../../shared/words/words.js';
import { RUN_STATE_WORDS } from '../../words/run-states.js';

export interface RunColumn {
  key: string;
  title: string;
  /** Figures stand right. */
  number?: boolean;
  /** What runs are ordered by; undefined stands last whichever way. */
  value(run: RunSummary): number | string | undefined;
  text(run: RunSummary): string;
  /** Said where there is room. */
  beside?(run: RunSummary): string | undefined;
}

const figure = (value: number | undefined, digits: number): string => (value === undefined ? '–' : decimal(value, digits));

export const RUN_COLUMNS: readonly RunColumn[] = [
  { key: 'name', title: 'Run', value: (run) => run.name.toLowerCase(), text: (run) => run.name },
  { key: 'state', title: 'State', value: (run) => RUN_STATE_WORDS[run.state], text: (run) => RUN_STATE_WORDS[run.state] },
  { key: 'preset', title: 'Preset', value: (run) => run.preset, text: (run) => run.preset ?? '–' },
  {
    key: 'photographs', title: 'Photographs', number: true, value: (run) => run.photographs,
    text: (run) => (run.photographs === undefined ? '–' : count(run.photographs)), beside: (run) => run.folder?.split(/[/\\]/).filter(Boolean).at(-1),
  },
  {
    key: 'step', title: 'Step', number: true, value: (run) => run.step,
    text: (run) => (run.step === undefined ? '–' : count(run.step)), beside: (run) => run.steps && run.step !== run.steps ? `of ${count(run.steps)}` : undefined,
  },
  { key: 'seconds', title: 'Trained for', number: true, value: (run) => run.seconds, text: (run) => (run.seconds === undefined ? '–' : duration(run.seconds)) },
  { key: 'bins', title: 'Bins', number: true, value: (run) => run.Q, text: (run) => (run.Q === undefined ? '–' : count(run.Q)) },
  { key: 'loss', title: 'Best loss, nats', number: true, value: (run) => run.best?.loss, text: (run) => figure(run.best?.loss, 3) },
  { key: 'auc', title: 'AuC, %', number: true, value: (run) => run.best?.auc, text: (run) => figure(run.best?.auc, 1) },
  { key: 'aucRebalanced', title: 'Rebalanced, %', number: true, value: (run) => run.best?.aucRebalanced, text: (run) => figure(run.best?.aucRebalanced, 1) },
  { key: 'changed', title: 'Changed', value: (run) => run.changedAt, text: (run) => moment(run.changedAt) },
];

export interface RunOrder {
  key: string;
  descending: boolean;
}

/** Runs in an order; those without a value stand last, equal ones as they came. */
export function ordered(runs: readonly RunSummary[], { key, descending }: RunOrder): RunSummary[] {
  const column = RUN_COLUMNS.find((one) => one.key === key);
  if (!column) return [...runs];
  return [...runs].sort((x, y) => {
    const [a, b] = [column.value(x), column.value(y)];
    if (a === undefined || b === undefined) return Number(a === undefined) - Number(b === undefined);
    return (a < b ? -1 : a > b ? 1 : 0) * (descending ? -1 : 1);
  });
}

/** Runs whose name, preset, state or folder has every word. */
export function filtered(runs: readonly RunSummary[], text: string): RunSummary[] {
  const words = text.toLowerCase().split(/\s+/).filter(Boolean);
  return runs.filter((run) => {
    const said = [run.name, run.preset, RUN_STATE_WORDS[run.state], run.folder].join('\n').toLowerCase();
    return words.every((word) => said.includes(word));
  });
}

/** The table as it is saved: plain numbers. */
export function runsTable(runs: readonly RunSummary[]) {
  const columns = ['run', 'state', 'preset', 'photographs', 'folder', 'step', 'steps', 'trained (s)', 'bins', 'best loss (nats)', 'AuC (%)', 'AuC rebalanced (%)', 'changed', 'path'];
  const rows = runs.map((run) => [
    run.name, RUN_STATE_WORDS[run.state], run.preset ?? null, run.photographs ?? null, run.folder ?? null, run.step ?? null, run.steps ?? null, run.seconds ?? null,
    run.Q ?? null, run.best?.loss ?? null, run.best?.auc ?? null, run.best?.aucRebalanced ?? null, new Date(run.changedAt).toISOString(), run.path,
  ]);
  return { name: 'runs', title: 'Runs', table: { columns, rows } };
}
