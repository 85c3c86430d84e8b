import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { openRun } from '../../core/runs/run.js';
import type { RunShelf } from '../run-shelf.js';
import type { ServiceProcess } from '../services/service-process.js';
import type { SettingsStore } from '../settings-store.js';
import type { Answers } from './answers.js';

type Names =
  | 'openGraph' | 'listGraphNodes' | 'readGraphNode' | 'readGraphWeights' | 'drawGraph' | 'compareGraphs' | 'openCheckpoint' | 'figuresOfTensor' | 'readTensorWeights'
  | 'graphOfRun' | 'listRecentGraphs' | 'giveUpGraphs';

/** Graphs that are remembered. */
const RECENT = 12;

export function graphsAnswers(graphs: ServiceProcess<'graphs'>, runs: RunShelf, settings: SettingsStore): Answers<Names> {
  return {
    openGraph: async ({ file }) => {
      const summary = await graphs.call('open', { file });
      const before = await settings.read();
      if (before.recentGraphs[0] === file) return summary;
      const remembered = settings.change(({ recentGraphs, ...others }) => ({ ...others, recentGraphs: [file, ...recentGraphs.filter((path) => path !== file)].slice(0, RECENT) }));
      // A full disk costs the list an entry, and the person not the graph.
      await remembered.catch((error: unknown) => process.emitWarning(error instanceof Error ? error : String(error)));
      return summary;
    },
    listGraphNodes: (body) => graphs.call('nodes', body),
    readGraphNode: (body) => graphs.call('node', body),
    readGraphWeights: (body) => graphs.call('weights', body),
    drawGraph: (body) => graphs.call('drawing', body),
    compareGraphs: (body) => graphs.call('difference', body),
    openCheckpoint: (body) => graphs.call('checkpoint', body),
    figuresOfTensor: (body) => graphs.call('figures', body),
    readTensorWeights: (body) => graphs.call('tensorWeights', body),
    graphOfRun: async ({ run }) => {
      const opened = await openRun(await runs.find(run));
      return { graph: join(opened.path, 'graph.pb'), checkpoint: (await opened.checkpoints()).at(-1)?.prefix ?? null };
    },
    listRecentGraphs: async () => (await settings.read()).recentGraphs.map((path) => ({ path, there: existsSync(path) })),
    giveUpGraphs: async () => {
      await graphs.giveUp();
      return {};
    },
  };
}
