/**
 * Which files are to be colorized: given one by one or in folders of any depth.
 */
import { realpath, stat } from 'node:fs/promises';
import { basename, dirname, join, relative, resolve, sep } from 'node:path';
import { walk, type WalkItem } from '../photos/walk.js';
import { unreadable } from '../photos/whole-file.js';
import { OutputRecord, RECORD_NAME } from './output-record.js';
import { messageOf, type PathReason } from './path-reason.js';

/** A file that may be a picture. */
export interface Input {
  /** Absolute. */
  path: string;
  /** Where its colorized copy goes below the folder of results, still with the photograph's name; `/` on every system. */
  place: string;
  /** Named by the person, not found in a folder. */
  given: boolean;
}

export interface Inputs {
  files: Input[];
  /** What could not be looked into. */
  failed: PathReason[];
  /** What is no picture to be colorized. */
  ignored: PathReason[];
}

/**
 * A folder's tree lies directly below the folder of results when it is the only input, else below a folder of its own name.
 * Pictures that colorizing has made are not taken again, wherever they lie.
 */
export async function gatherInputs(paths: readonly string[], signal: AbortSignal): Promise<Inputs> {
  const inputs: Inputs = { files: [], failed: [], ignored: [] };
  const seen = new Set<string>();
  for (const given of paths) {
    const path = resolve(given);
    try {
      const facts = await stat(path);
      if (facts.isDirectory()) await gatherFolder(path, paths.length > 1 ? `${basename(path)}/` : '', inputs, seen, signal);
      else await addOnce({ path, place: basename(path), given: true }, inputs, seen);
    } catch (error) {
      signal.throwIfAborted();
      inputs.failed.push(failure(path, error));
    }
  }
  return inputs;
}

function failure(path: string, error: unknown): PathReason {
  return { path, reason: messageOf(unreadable(error)) };
}

async function gatherFolder(folder: string, prefix: string, inputs: Inputs, seen: Set<string>, signal: AbortSignal): Promise<void> {
  const made = new MadePictures(folder);
  for await (const item of walk(folder, { signal })) {
    const path = join(folder, item.path);
    if (item.excluded) sortOut(path, item.excluded, inputs);
    else if (await made.has(path)) inputs.ignored.push({ path, reason: 'Made by colorizing; not colorized again.' });
    else await addOnce({ path, place: prefix + item.path, given: false }, inputs, seen).catch((error: unknown) => inputs.failed.push(failure(path, error)));
  }
}

/** A file that two inputs lead to is taken the first time. */
async function addOnce(input: Input, inputs: Inputs, seen: Set<string>): Promise<void> {
  const real = await realpath(input.path);
  if (seen.has(real)) return;
  seen.add(real);
  inputs.files.push(input);
}

/** What the walk could not read is a failure; what nobody would call a picture is not; our own record is neither. */
function sortOut(path: string, { fate, reason }: NonNullable<WalkItem['excluded']>, { failed, ignored }: Inputs): void {
  if (basename(path) === RECORD_NAME) return;
  (fate === 'unreadable' ? failed : ignored).push({ path, reason });
}

/** Knows the pictures that colorizing made anywhere below a folder, by the records that lie beside them. */
class MadePictures {
  private readonly records = new Map<string, Promise<OutputRecord>>();

  constructor(private readonly root: string) {}

  async has(path: string): Promise<boolean> {
    for (let folder = dirname(path); ; folder = dirname(folder)) {
      const record = await this.recordOf(folder);
      if (await record.has(relative(folder, path).split(sep).join('/'))) return true;
      if (folder === this.root || folder === dirname(folder)) return false;
    }
  }

  private recordOf(folder: string): Promise<OutputRecord> {
    const record = this.records.get(folder) ?? OutputRecord.open(folder);
    this.records.set(folder, record);
    return record;
  }
}
