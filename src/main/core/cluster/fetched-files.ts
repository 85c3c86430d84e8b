/** Files of a job's storage brought here, through the log of a job that tells them: the only way that every cluster has. */
import { createHash, type Hash } from 'node:crypto';
import { type FileHandle, open } from 'node:fs/promises';
import { UserError } from '../errors.js';
import type { JobEventOf } from './job-events.js';
import type { RayJobs } from './ray-jobs.js';
import { runShortJob } from './short-job.js';

/** A file to be fetched: where it lies below the storage, where it goes, and how many bytes it may have. */
export interface Fetched {
  path: string;
  to: string;
  most: number;
}

/** Writes files of a job's storage as they arrive. @throws UserError when one is larger than it may be, or does not arrive whole. */
export async function fetchFiles(jobs: RayJobs, storage: string, files: readonly Fetched[], signal: AbortSignal): Promise<void> {
  const arriving = new Map<string, Arriving>();
  try {
    for (const file of files) arriving.set(file.path, await Arriving.open(file));
    const paths = files.map(({ path }) => path);
    await runShortJob(jobs, { kind: 'fetch', options: { storage, paths } }, signal, async (event) => {
      if (event.event === 'piece') await arriving.get(event.path)?.take(event);
      if (event.event === 'file') arriving.get(event.path)?.finish(event);
      return [...arriving.values()].every(({ whole }) => whole);
    });
    const missing = [...arriving].find(([, { whole }]) => !whole)?.[0];
    if (missing !== undefined) throw new UserError(`${missing} did not arrive whole from the cluster. Attach to the run again: it is fetched anew.`);
  } finally {
    await Promise.all([...arriving.values()].map((file) => file.close()));
  }
}

/** A file of which pieces come one after the other. */
class Arriving {
  whole = false;
  private bytes = 0;

  private constructor(private readonly file: Fetched, private readonly handle: FileHandle, private readonly hash: Hash) {}

  static async open(file: Fetched): Promise<Arriving> {
    return new Arriving(file, await open(file.to, 'w'), createHash('sha256'));
  }

  async take({ data }: JobEventOf<'piece'>): Promise<void> {
    const piece = Buffer.from(data, 'base64');
    this.bytes += piece.length;
    if (this.bytes > this.file.most) throw new UserError(`${this.file.path} of the cluster is larger than such a file can be (${this.file.most} bytes): it is not fetched.`);
    this.hash.update(piece);
    await this.handle.write(piece);
  }

  finish({ sha256, bytes }: JobEventOf<'file'>): void {
    this.whole = bytes === this.bytes && this.hash.digest('hex') === sha256;
  }

  close(): Promise<void> {
    return this.handle.close();
  }
}
