import { dirname } from 'node:path';
import type { EngineEvent } from '../../shared/contract/events.js';
import type { CatalogueSummary } from '../../shared/contract/catalogue.js';
import { colorizingAnswers } from './answers/colorizing.js';
import { evaluationsAnswers } from './answers/evaluations.js';
import { isBroad } from '../core/broad-place.js';
import { BUILT_IN } from '../core/demo/built-in-photographs.js';
import { realPlace } from '../core/real-path.js';
import { labsFolder, runsFolder } from '../core/user-folders.js';
import { estimatesAnswers } from './answers/estimates.js';
import { exportsAnswers } from './answers/exports.js';
import { graphsAnswers } from './answers/graphs.js';
import { hintsAnswers } from './answers/hints.js';
import { labsAnswers } from './answers/labs.js';
import { photographsAnswers } from './answers/photographs.js';
import { placesAnswers } from './answers/places.js';
import { runsAnswers } from './answers/runs.js';
import { settingsAnswers } from './answers/settings.js';
import { CatalogueShelf } from './catalogue-shelf.js';
import { Chooser } from './chooser.js';
import { Grants } from './grants.js';
import { Gatherings } from './gatherings.js';
import { HintNames } from './hint-names.js';
import { HintStore } from './hint-store.js';
import { LabShelf } from './lab-shelf.js';
import { type Picture, PictureDesk } from './picture-desk.js';
import { RunShelf } from './run-shelf.js';
import { ServiceProcess } from './services/service-process.js';
import { SettingsStore } from './settings-store.js';
import { WindowGuard } from './window-guard.js';

export interface WorkspaceOptions {
  /** Folder named when the program was started. */
  given?: string;
  /** Set where windows ask, who may reach only what was chosen: whether they have the dialog in the page. */
  chooser?: boolean;
}

/** What an engine knows beside its jobs: settings, folders, catalogues, runs and pictures. */
export class Workspace {
  private readonly settings = new SettingsStore();
  private readonly runs = new RunShelf(this.settings);
  private readonly labs = new LabShelf(this.settings);
  private readonly grants = new Grants([() => this.ownPlaces(), () => this.foldersOfRuns()]);
  private readonly chooser = new Chooser(this.grants);
  private readonly catalogues = new CatalogueShelf((folder) => this.permits(folder));
  private readonly thumbnails = new ServiceProcess('thumbnails');
  private readonly colorizer = new ServiceProcess('colorizer');
  private readonly graphs = new ServiceProcess('graphs');
  private readonly gatherings = new Gatherings();
  private readonly hintNames = new HintNames();
  private readonly desk = new PictureDesk(this.catalogues, this.runs, this.labs, this.gatherings, this.hintNames, { thumbnails: this.thumbnails, colorizer: this.colorizer });

  constructor(private readonly options: WorkspaceOptions = {}) {}

  /** Lets windows reach what a person chose outside of them. */
  grant(paths: readonly string[], passing: boolean): Promise<void> {
    return this.grants.grant(paths, { passing });
  }

  /** Judges the requests of windows. */
  guard(): WindowGuard {
    return new WindowGuard(this.grants, this.options.chooser ?? false);
  }

  /** @param parametersOf What a job was started with. */
  answers(parametersOf: (job: string) => unknown) {
    return {
      ...settingsAnswers(this.settings),
      ...placesAnswers(this.settings, this.chooser, this.options.given),
      ...photographsAnswers(this.catalogues, this.settings, this.runs, this.thumbnails),
      ...estimatesAnswers(this.catalogues),
      ...runsAnswers(this.runs, parametersOf),
      ...labsAnswers(this.labs, parametersOf),
      ...evaluationsAnswers(this.runs),
      ...colorizingAnswers(this.gatherings, this.hintNames, this.runs, this.colorizer, (folder) => this.permits(folder)),
      ...hintsAnswers(this.gatherings, new HintStore(), this.hintNames),
      ...exportsAnswers(parametersOf),
      ...graphsAnswers(this.graphs, this.runs, this.settings),
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
    return [this.thumbnails.pid, this.colorizer.pid, this.graphs.pid].filter((pid) => pid !== undefined);
  }

  /** Whether a folder may be reached: by windows what was chosen, by a command line anything. */
  private permits(folder: string): boolean | Promise<boolean> {
    return this.options.chooser === undefined || this.grants.permits(folder);
  }

  /** What windows may reach without a choice: photographs that come with the program, what was opened before, and runs. */
  private async ownPlaces(): Promise<string[]> {
    const { recentFolders, runsElsewhere, labsElsewhere } = await this.settings.read();
    return [this.options.given, BUILT_IN, runsFolder(), labsFolder(), ...recentFolders, ...runsElsewhere, ...labsElsewhere].filter((path) => path !== undefined);
  }

  /**
   * Whoever made a run may go on with it and measure it: on the photographs that it learnt from. A run that lies elsewhere may come from a
   * stranger, who wrote the folder into it: there the person chooses the photographs.
   */
  private async foldersOfRuns(): Promise<string[]> {
    const folders = (await this.runs.list()).filter(({ path }) => dirname(path) === runsFolder()).map(({ folder }) => folder).filter((path) => path !== undefined);
    const places = await Promise.all(folders.map((folder) => realPlace(folder).catch(() => undefined)));
    return places.filter((place) => place !== undefined && !isBroad(place)) as string[];
  }

  async close(): Promise<void> {
    await Promise.all([this.thumbnails.close(), this.colorizer.close(), this.graphs.close()]);
  }
}
