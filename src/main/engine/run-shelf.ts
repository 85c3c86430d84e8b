import { existsSync } from 'node:fs';
import { mkdir, readdir, rename } from 'node:fs/promises';
import { basename, dirname, join, resolve } from 'node:path';
import { ContractError } from '../../shared/contract/check.js';
import type { RunSummary } from '../../shared/contract/run-view.js';
import { UserError } from '../core/errors.js';
import { writeFault } from '../core/files.js';
import { runId, summarizeRun } from '../core/runs/run-summary.js';
import { runsFolder } from '../core/user-folders.js';
import type { SettingsStore } from './settings-store.js';

/** The runs that the program knows: those in its folder of runs, and those opened or begun elsewhere. */
export class RunShelf {
  private readonly paths = new Map<string, string>();

  constructor(private readonly settings: SettingsStore, private readonly home = runsFolder()) {}

  async list(): Promise<RunSummary[]> {
    const paths = [...new Set([...(await this.atHome()), ...(await this.elsewhere())])];
    const runs = await Promise.all(paths.map((path) => summarizeRun(path)));
    runs.forEach(({ id, path }) => this.paths.set(id, path));
    return runs.sort((x, y) => y.changedAt - x.changedAt);
  }

  /** Remembers a run's folder wherever it lies. */
  async open(path: string): Promise<RunSummary> {
    const folder = resolve(path);
    this.introduce(folder);
    if (dirname(folder) !== this.home) {
      await this.settings.change((before) => ({ ...before, runsElsewhere: [...new Set([...before.runsElsewhere, folder])] }));
    }
    return summarizeRun(folder);
  }

  /** The id of a folder that is, or will be, a run's. */
  introduce(path: string): string {
    const folder = resolve(path);
    this.paths.set(runId(folder), folder);
    return runId(folder);
  }

  /** Folder of a run. @throws ContractError where no run of that id was handed out. */
  async find(id: string): Promise<string> {
    if (!this.paths.has(id)) await this.list();
    const path = this.paths.get(id);
    if (path === undefined) throw new ContractError(`There is no run ${id}.`);
    return path;
  }

  /** A folder that is not there yet. */
  async freePlace(name: string): Promise<{ path: string; id: string }> {
    await mkdir(this.home, { recursive: true }).catch((error: unknown) => {
      throw writeFault(this.home, error);
    });
    for (let number = 1; ; number++) {
      const path = join(this.home, number === 1 ? name : `${name} ${number}`);
      if (!existsSync(path)) return { path, id: this.introduce(path) };
    }
  }

  async rename(id: string, name: string): Promise<RunSummary> {
    const path = await this.find(id);
    await this.demandRest(path, 'renamed');
    const renamed = join(dirname(path), name);
    if (renamed === path) return summarizeRun(path);
    if (existsSync(renamed)) throw new UserError(`${name} is there already. Choose another name.`);
    await rename(path, renamed).catch((error: unknown) => {
      throw writeFault(renamed, error);
    });
    await this.forget(id, path);
    return this.open(renamed);
  }

  /** @param discard Moves a folder to where it can be fetched back from, and says where that is. */
  async discard(id: string, discard: (path: string) => Promise<string>): Promise<string> {
    const path = await this.find(id);
    await this.demandRest(path, 'deleted');
    const place = await discard(path);
    await this.forget(id, path);
    return place;
  }

  private async demandRest(path: string, what: string): Promise<void> {
    const { state } = await summarizeRun(path);
    if (state === 'training') throw new UserError(`${basename(path)} is being trained and cannot be ${what}. Stop its training first.`);
  }

  private async forget(id: string, path: string): Promise<void> {
    this.paths.delete(id);
    await this.settings.change((before) => ({ ...before, runsElsewhere: before.runsElsewhere.filter((known) => known !== path) }));
  }

  private async atHome(): Promise<string[]> {
    const entries = await readdir(this.home, { withFileTypes: true }).catch(() => []);
    const folders = entries.filter((entry) => entry.isDirectory() && !entry.name.startsWith('.')).map(({ name }) => join(this.home, name));
    return folders.filter((folder) => existsSync(join(folder, 'run.json')));
  }

  private async elsewhere(): Promise<string[]> {
    return (await this.settings.read()).runsElsewhere.filter((folder) => existsSync(join(folder, 'run.json')));
  }
}
