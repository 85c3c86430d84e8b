/** Answers of a graph, kept on disk until another graph is asked the same: they may be larger than all the rest of a proof. */
import { readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { deserialize, serialize } from 'node:v8';
import { makeGraphFolder, removeGraphFolder } from '../graph/graph-folder.js';
import type { ResultArray } from './fetched-array.js';

export class KeptAnswers {
  private count = 0;

  private constructor(private readonly folder: string) {}

  static async open(): Promise<KeptAnswers> {
    return new KeptAnswers(await makeGraphFolder());
  }

  /** Keeps the outputs to the next input. */
  async add(results: readonly ResultArray[]): Promise<void> {
    await writeFile(this.path(this.count++), serialize(results));
  }

  /** The outputs to an input. @param place Of the input, in the order in which they were added. */
  async at(place: number): Promise<ResultArray[]> {
    return deserialize(await readFile(this.path(place))) as ResultArray[];
  }

  remove(): Promise<void> {
    return removeGraphFolder(this.folder);
  }

  private path(place: number): string {
    return join(this.folder, `answers-${place}`);
  }
}
