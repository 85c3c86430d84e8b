import type { RunSummary } from '../../shared/contract/run-view.js';
import { summarizeRun } from '../core/runs/run-summary.js';
import { runsFolder } from '../core/user-folders.js';
import type { SettingsStore } from './settings-store.js';
import { Shelf } from './shelf.js';

/** The runs of trainings that the program knows. */
export class RunShelf extends Shelf<RunSummary> {
  constructor(settings: SettingsStore, home = runsFolder()) {
    super(settings, {
      home, mark: 'run.json', elsewhere: 'runsElsewhere', summarize: summarizeRun,
      atWork: ({ state, cluster }, what) => {
        if (state === 'training') return `is being trained and cannot be ${what}. Stop its training first.`;
        // Its folder alone knows which job works on it.
        return cluster === undefined ? undefined : `is being trained on the cluster at ${cluster} and cannot be ${what}. Stop its training there first, or forget the cluster where it is gone for good.`;
      },
    });
  }
}
