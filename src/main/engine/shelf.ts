import { existsSync } from 'node:fs';
import { readdir, rename } from 'node:fs/promises';
import { basename, dirname, join, resolve } from 'node:path';
import { ContractError } from '../../shared/contract/check.js';
import type { Settings } from '../../shared/contract/settings.js';
import { UserError } from '../core/errors.js';
import { ensureFolder, writeFault } from '../core/files.js';
import { realPlace } from '../core/real-path.js';
import { runId } from '../core/runs/run-summary.js';
import type { SettingsStore } from './settings-store.js';

/** What every list says of a folder. */
export interface Shelved {
  id: string;
  path: string;
  state: string;
  /** Milliseconds since 1970. */
  changedAt: number;
}

/** What tells one shelf from another. */
export interface ShelfPlan<S extends Shelved> {
  /** Where new folders go. */
  home: string;
  /** The file that makes a folder one of this shelf. */
  mark: string;
  /** Where the settings remember folders that lie elsewhere. */
  elsewhere: 'runsElsewhere' | 'labsElsewhere';
  summarize(path: string): Promise<S>;
  /** Why a folder that is worked on can be neither renamed nor deleted, after its name; undefined where nobody works on it. @param what `renamed` or `deleted`. */
  atWork(summary: S, what: string): string | undefined;
}

/** Folders of one sort that the program knows: those in their home, and those opened or begun elsewhere. */
export class Shelf<S extends Shelved> {
  private readonly paths = new Map<string, string>();

  constructor(private readonly settings: SettingsStore, private readonly plan: ShelfPlan<S>) {}

  async list(): Promise<S[]> {
    const paths = [...new Set([...(await this.atHome()), ...(await this.elsewhere())])];
    const found = await Promise.all(paths.map((path) => this.plan.summarize(path)));
    found.forEach(({ id, path }) => this.paths.set(id, path));
    return found.sort((x, y) => y.changedAt - x.changedAt);
  }

  /** Remembers a folder wherever it lies. */
  async open(path: string): Promise<S> {
    const folder = resolve(path);
    this.introduce(folder);
    if (dirname(folder) !== this.plan.home) await this.remember((before) => [...new Set([...before, folder])]);
    return this.plan.summarize(folder);
  }

  /** The id of a folder that is, or will be, on this shelf. */
  introduce(path: string): string {
    const folder = resolve(path);
    this.paths.set(runId(folder), folder);
    return runId(folder);
  }

  /** The folder of an id. @throws ContractError where none of that id was handed out. */
  async find(id: string): Promise<string> {
    if (!this.paths.has(id)) await this.list();
    const path = this.paths.get(id);
    if (path === undefined) throw new ContractError(`There is no run ${id}.`);
    return path;
  }

  /** A folder that is not there yet. */
  async freePlace(name: string): Promise<{ path: string; id: string }> {
    const { home } = this.plan;
    await ensureFolder(home);
    for (let number = 1; ; number++) {
      const path = join(home, number === 1 ? name : `${name} ${number}`);
      if (!existsSync(path)) return { path, id: this.introduce(path) };
    }
  }

  async rename(id: string, name: string): Promise<S> {
    const path = await this.find(id);
    await this.demandRest(path, 'renamed');
    const renamed = join(dirname(path), name);
    if (renamed === path) return this.plan.summarize(path);
    // Where capitals do not count, the run itself is there under the other name.
    if (existsSync(renamed) && (await realPlace(renamed)) !== (await realPlace(path))) throw new UserError(`${name} is there already. Choose another name.`);
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
    const sentence = this.plan.atWork(await this.plan.summarize(path), what);
    if (sentence !== undefined) throw new UserError(`${basename(path)} ${sentence}`);
  }

  private async forget(id: string, path: string): Promise<void> {
    this.paths.delete(id);
    await this.remember((before) => before.filter((known) => known !== path));
  }

  private remember(changed: (before: string[]) => string[]): Promise<Settings> {
    const { elsewhere } = this.plan;
    return this.settings.change((before) => ({ ...before, [elsewhere]: changed(before[elsewhere]) }));
  }

  private async atHome(): Promise<string[]> {
    const entries = await readdir(this.plan.home, { withFileTypes: true }).catch((error: NodeJS.ErrnoException) => {
      if (error.code === 'ENOENT') return [];
      throw new UserError(`The folder of runs, ${this.plan.home}, could not be read (${error.code ?? error.message}). See that it is a folder, and that you may read it.`, { cause: error });
    });
    const folders = entries.filter((entry) => entry.isDirectory() && !entry.name.startsWith('.')).map(({ name }) => join(this.plan.home, name));
    return folders.filter((folder) => this.isMarked(folder));
  }

  private async elsewhere(): Promise<string[]> {
    return (await this.settings.read())[this.plan.elsewhere].filter((folder) => this.isMarked(folder));
  }

  private isMarked(folder: string): boolean {
    return existsSync(join(folder, this.plan.mark));
  }
}
