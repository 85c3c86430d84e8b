/** Photographs that a person gathered for colorizing: windows name them by set and number, never by path. */
import { randomBytes } from 'node:crypto';
import { basename, join } from 'node:path';
import { ContractError } from '../../shared/contract/check.js';
import type { Gathered, GatheredPhotograph } from '../../shared/contract/requests/colorizing.js';
import { gatherInputs, type Input, type Inputs } from '../core/colorizing/inputs.js';

/** Sets kept at a time; a window has one, and a few pages may be open. */
const KEPT = 16;

interface Gathering {
  /** What was named: files and folders. */
  given: readonly string[];
  inputs: Inputs;
}

export class Gatherings {
  private readonly sets = new Map<string, Gathering>();

  /** Files as they are, folders with all the pictures in them. */
  async gather(paths: readonly string[], signal = new AbortController().signal): Promise<Gathered> {
    const gathering = { given: paths, inputs: await gatherInputs(paths, signal) };
    const id = randomBytes(8).toString('hex');
    this.sets.set(id, gathering);
    if (this.sets.size > KEPT) this.sets.delete(this.sets.keys().next().value as string);
    const { files, failed, ignored } = gathering.inputs;
    return { id, given: [...paths], total: files.length, failed, ignored: ignored.length };
  }

  list(id: string, from: number, count: number): GatheredPhotograph[] {
    const { files } = this.demand(id).inputs;
    return files.slice(from, from + count).map(({ path, place }, k) => ({ index: from + k, name: basename(path), place }));
  }

  /** @throws ContractError where there is no such set. */
  demandInputs(id: string): readonly Input[] {
    return this.demand(id).inputs.files;
  }

  /** Path of a photograph; undefined where there is no such set or number. */
  path(id: string, index: number): string | undefined {
    return this.sets.get(id)?.inputs.files[index]?.path;
  }

  /** @throws ContractError where there is no such photograph. */
  demandPath(id: string, index: number): string {
    const path = this.demand(id).inputs.files[index]?.path;
    if (path === undefined) throw new ContractError(`The set ${id} has no photograph ${index}.`);
    return path;
  }

  private demand(id: string): Gathering {
    const gathering = this.sets.get(id);
    if (!gathering) throw new ContractError(`There is no set ${id}: choose the photographs again.`);
    this.sets.delete(id);
    this.sets.set(id, gathering);
    return gathering;
  }
}

/** Photographs that a run did not learn from, as paths. @param folder of the run's photographs */
export function heldOutPaths(folder: string, { validation, test }: { validation: readonly { path: string }[]; test: readonly { path: string }[] }): string[] {
  return [...test, ...validation].map(({ path }) => join(folder, path));
}
