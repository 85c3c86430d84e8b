/** The cluster's side of the program, and zips of it: what a job finds in its folder. */
import { readdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { zipSync } from 'fflate';
import { PROGRAM_FOLDER } from '../program-folder.js';

/** Files by their path in the job's folder. */
export type PackageFiles = Record<string, Uint8Array>;

const NAME = 'chromabench_cluster';
/** The same files make the same zip, whenever it is made. */
const MADE = new Date(Date.UTC(2024, 0, 1, 12));

/** The Python files. */
export async function pythonFiles(): Promise<PackageFiles> {
  const folder = join(PROGRAM_FOLDER, 'python', 'cluster', NAME);
  const names = (await readdir(folder)).filter((name) => name.endsWith('.py')).sort();
  const entries = await Promise.all(names.map(async (name) => [`${NAME}/${name}`, new Uint8Array(await readFile(join(folder, name)))] as const));
  return Object.fromEntries(entries);
}

/** Jobs of the Python side that are over soon. */
export type ShortJob = 'check' | 'fetch' | 'statistics' | 'colours' | 'forget';

/** The command that runs one of the Python side's jobs. */
export function pythonCommand(job: ShortJob | 'train', options: object = {}): string[] {
  return ['python', '-u', '-m', NAME, job, JSON.stringify(options)];
}

/** Photographs are packed already: nothing is tried on them. */
export function zipped(files: PackageFiles): Uint8Array<ArrayBuffer> {
  const entries = Object.entries(files).map(([path, bytes]) => [path, [bytes, { level: path.startsWith('photographs/') ? 0 : 6, mtime: MADE }]] as const);
  return new Uint8Array(zipSync(Object.fromEntries(entries) as Parameters<typeof zipSync>[0]));
}
