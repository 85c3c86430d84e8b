import type { LabSummary } from '../../shared/contract/lab-view.js';
import { summarizeLab } from '../core/labs/lab-summary.js';
import { labsFolder } from '../core/user-folders.js';
import type { SettingsStore } from './settings-store.js';
import { Shelf } from './shelf.js';

/** The runs of the laboratories that the program knows. */
export class LabShelf extends Shelf<LabSummary> {
  constructor(settings: SettingsStore, home = labsFolder()) {
    super(settings, {
      home, mark: 'lab.json', elsewhere: 'labsElsewhere', summarize: summarizeLab,
      atWork: ({ state }, what) => (state === 'training' ? `is running and cannot be ${what}. Cancel it first, or let it end.` : undefined),
    });
  }
}
