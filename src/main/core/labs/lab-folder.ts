/** A laboratory's run on disk: `lab.json`, what it was made from, reports line by line, and the result when it is finished. */
import { join, resolve } from 'node:path';
import type { z } from 'zod';
import { LAB_SCHEMA_VERSION, labFileSchema, type LabFile, type LabKind } from '../../../shared/labs/files.js';
import { boundedText } from '../bounded-text.js';
import { UserError } from '../errors.js';
import { removeAsides, writeFileWhole } from '../files.js';
import { isLocked, releaseLock, takeLock } from '../runs/lock.js';
import { type Filling, makeRunFolder } from '../runs/run-place.js';
import { openGrowingFiles, RunRecord } from '../runs/run-record.js';

/** Bytes that files of a run can hold: settings; points and results; reports of the longest comparison. */
const MOST_BYTES = { file: 2 ** 20, part: 64 * 2 ** 20, reports: 256 * 2 ** 20 };

/** Files of a new folder besides lab.json, by name; objects are written as JSON. */
export type LabParts = Readonly<Record<string, object | Uint8Array>>;

export class LabWriter<F extends LabFile = LabFile> extends RunRecord<F, Pick<LabFile, 'state' | 'reason'>> {
  /**
   * Makes a run folder, locked by this process; lab.json appears with or after everything else.
   * @throws UserError when something is there already, or the place cannot be written.
   */
  static async create<F extends LabFile>(path: string, file: F, parts: LabParts): Promise<LabWriter<F>> {
    const folder = resolve(path);
    const files = { ...parts, 'lab.json': file };
    await makeRunFolder(folder, Object.keys(files), (place, write) => fill(place, files, write));
    return LabWriter.openOwned(folder, file);
  }

  /**
   * Takes an experiment up again: takes its lock and clears what a killed process left half-written.
   * @throws UserError when it is none of that kind, or another process runs it.
   */
  static async resume<K extends LabKind>(path: string, kind: K): Promise<LabWriter<Extract<LabFile, { kind: K }>>> {
    const folder = resolve(path);
    await openLab(folder, kind);
    await takeLock(folder);
    try {
      const { file } = await openLab(folder, kind);
      await removeAsides(folder);
      return await LabWriter.openOwned(folder, file);
    } catch (error) {
      await releaseLock(folder);
      throw error;
    }
  }

  private static async openOwned<F extends LabFile>(folder: string, file: F): Promise<LabWriter<F>> {
    return new LabWriter(folder, 'lab.json', file, await openGrowingFiles(folder));
  }

  /** Writes a further file, whole. */
  write(name: string, contents: object | Uint8Array): Promise<void> {
    return writeFileWhole(join(this.path, name), textOf(contents));
  }

  /** Keeps the result and says that all is done. @param beside Files that belong to the result: a finished run has them. */
  async finish(result: object, beside: LabParts = {}): Promise<void> {
    await this.reportsWritten();
    for (const [name, contents] of Object.entries(beside)) await this.write(name, contents);
    await this.write('result.json', result);
    await this.update({ state: 'finished', reason: undefined });
    await this.log('finished');
  }

  /**
   * Does the work, and gives the run back in the end. An end before its time is written down and thrown on.
   * @param signal Tells a stop from a fault.
   */
  async during<T>(signal: AbortSignal, work: () => Promise<T>): Promise<T> {
    try {
      return await work();
    } catch (error) {
      const reason = signal.aborted ? undefined : (error as Error).message;
      // The first fault is the one to report.
      await this.update({ state: signal.aborted ? 'stopped' : 'failed', reason }).catch(() => {});
      throw error;
    } finally {
      await this.close();
    }
  }
}

/** lab.json is written last: a folder without it is no run yet. */
async function fill(folder: string, files: LabParts, write: Parameters<Filling>[1]): Promise<void> {
  for (const [name, contents] of Object.entries(files)) await write(join(folder, name), textOf(contents));
}

function textOf(contents: object | Uint8Array): string | Uint8Array {
  return contents instanceof Uint8Array ? contents : `${JSON.stringify(contents, null, 2)}\n`;
}

/** A laboratory's run as its readers see it. */
export class Lab<F extends LabFile = LabFile> {
  /** @param state As in the file, but `interrupted` where its process was killed. */
  constructor(
    readonly path: string,
    readonly file: F,
    readonly state: F['state'] | 'interrupted',
  ) {}

  /** A file of the folder, checked. @throws UserError when it is missing or damaged. */
  async read<T>(name: string, schema: z.ZodType<T>): Promise<T> {
    const found = await this.readWhereThere(name, schema);
    if (found !== null) return found;
    throw new UserError(name === 'result.json' ? `${this.path} is not finished: it has no result yet. Let it run to its end.` : `${join(this.path, name)} is missing. Run the experiment anew.`);
  }

  /** null where there is no such file. @throws UserError when it is damaged. */
  async readWhereThere<T>(name: string, schema: z.ZodType<T>): Promise<T | null> {
    const path = join(this.path, name);
    const text = await textOrNothing(path, MOST_BYTES.part);
    return text === undefined ? null : checked(text, schema, path);
  }

  /** The whole lines of metrics.jsonl that fit. */
  async reports<T>(schema: z.ZodType<T>): Promise<T[]> {
    const text = (await textOrNothing(join(this.path, 'metrics.jsonl'), MOST_BYTES.reports)) ?? '';
    return text.split('\n').flatMap((line) => {
      const parsed = schema.safeParse(jsonOrNothing(line));
      return parsed.success ? [parsed.data] : [];
    });
  }
}

/**
 * Opens a laboratory's run for reading.
 * @param kind What it has to be.
 * @throws UserError when it is none, another kind, damaged, or of a newer format.
 */
export async function openLab<K extends LabKind>(path: string, ...kinds: K[]): Promise<Lab<Extract<LabFile, { kind: K }>>> {
  const place = join(path, 'lab.json');
  const text = await textOrNothing(place, MOST_BYTES.file);
  if (text === undefined) throw new UserError(`${path} is no run of a laboratory: it has no lab.json. Give the folder that chromabench lab wrote.`);
  const version = (jsonOrNothing(text) as { schemaVersion?: unknown } | undefined)?.schemaVersion;
  if (typeof version === 'number' && version > LAB_SCHEMA_VERSION) {
    throw new UserError(`${path} was written by a newer Chromabench (format ${version}; this one reads up to ${LAB_SCHEMA_VERSION}). Update Chromabench to open it.`);
  }
  const file = checked(text, labFileSchema, place);
  if (kinds.length > 0 && !kinds.includes(file.kind as K)) {
    throw new UserError(`${path} holds an experiment of the kind ${file.kind}; what is wanted here is ${kinds.join(' or ')}.`);
  }
  const abandoned = file.state === 'training' && !(await isLocked(path));
  return new Lab(path, file as Extract<LabFile, { kind: K }>, abandoned ? 'interrupted' : file.state);
}

/** @throws UserError when there is one that cannot be read. */
async function textOrNothing(path: string, most: number): Promise<string | undefined> {
  try {
    return await boundedText(path, most);
  } catch (error) {
    if (error instanceof UserError) throw error;
    const { code = String(error) } = error as NodeJS.ErrnoException;
    if (code === 'ENOENT' || code === 'ENOTDIR') return undefined;
    throw new UserError(`${path} cannot be read (${code}). See that you may read it.`, { cause: error });
  }
}

function checked<T>(text: string, schema: z.ZodType<T>, path: string): T {
  const value = jsonOrNothing(text);
  const parsed = schema.safeParse(value);
  if (parsed.success) return parsed.data;
  const { path: where, message } = parsed.error.issues[0];
  const fault = value === undefined ? 'it is no whole JSON text' : `${where.join('.') || 'the file'}: ${message}`;
  throw new UserError(`${path} is damaged: ${fault}. Restore it from a copy, or run the experiment anew.`);
}

/** The value of a JSON text; undefined where it is none. */
export function jsonOrNothing(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}
