import type { EngineEvent } from '../../shared/contract/events.js';
import type { CatalogueSummary } from '../../shared/contract/catalogue.js';
import { evaluationsAnswers } from './answers/evaluations.js';
import { photographsAnswers } from './answers/photographs.js';
import { placesAnswers } from './answers/places.js';
import { runsAnswers } from './answers/runs.js';
import { settingsAnswers } from './answers/settings.js';
import { CatalogueShelf } from './catalogue-shelf.js';
import { type Picture, PictureDesk } from './picture-desk.js';
import { RunShelf } from './run-shelf.js';
import { ServiceProcess } from './services/service-process.js';
import { SettingsStore } from './settings-store.js';

/** What an engine knows beside its jobs: settings, folders, catalogues, runs and pictures. */
export class Workspace {
  private readonly settings = new SettingsStore();
  private readonly catalogues = new CatalogueShelf();
  private readonly runs = new RunShelf(this.settings);
  private readonly thumbnails = new ServiceProcess('thumbnails');
  private readonly desk = new PictureDesk(this.catalogues, this.runs, this.thumbnails);

  /** @param given Folder named when the program was started. */
  constructor(private readonly given?: string) {}

  /** @param parametersOf What a job was started with. */
  answers(parametersOf: (job: string) => unknown) {
    return {
      ...settingsAnswers(this.settings),
      ...placesAnswers(this.settings, this.given),
      ...photographsAnswers(this.catalogues, this.settings),
      ...runsAnswers(this.runs, parametersOf),
      ...evaluationsAnswers(this.runs),
    };
  }

  /** A picture by its name; undefined where there is none. */
  picture(name: string): Promise<Picture | undefined> {
    return this.desk.find(name);
  }

  /** Drops what a job has made out of date. */
  heed(event: EngineEvent): void {
    if (event.type !== 'ended' || event.outcome.state !== 'done' || !event.id.startsWith('scan-')) return;
    this.catalogues.forget((event.outcome.result as CatalogueSummary).id);
  }

  /** Process numbers of its services. */
  pids(): number[] {
    return [this.thumbnails.pid].filter((pid) => pid !== undefined);
  }

  async close(): Promise<void> {
    await this.thumbnails.close();
  }
}
