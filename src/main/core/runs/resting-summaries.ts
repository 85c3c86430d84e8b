/** Summaries of runs that rest, and the files that they were read from: many runs are listed again and again. */
import { stat } from 'node:fs/promises';
import { join } from 'node:path';
import { Gate } from '../gate.js';

/** What is trained changes by the second, what was interrupted may go on in any process, and what could not be read may be read next time. */
export const RESTING: readonly string[] = ['stopped', 'finished', 'failed'];
const MOST_KNOWN = 2_000;
/** Bytes of files read at a time: those of a hundred runs of a day are not to be held at once. */
const MOST_BYTES = 8 * 2 ** 20;

interface Known<S> {
  stamp: string;
  summary: S;
}

/** @typeParam S A summary. */
export class RestingSummaries<S extends { state: string }> {
  private readonly known = new Map<string, Known<S>>();
  private readonly reading = new Gate(MOST_BYTES);

  /** @param files Names of the files that a summary is read from, the one that changes last first; each is replaced or grows at every change. */
  constructor(private readonly files: readonly string[], private readonly most = MOST_KNOWN) {}

  /** @param read Reads the summary anew. @param path Of the run's folder. */
  async of(path: string, read: (changedAt: number) => Promise<S>): Promise<S> {
    const { stamp, changedAt, bytes } = await this.lookAt(path);
    const before = this.known.get(path);
    if (before?.stamp === stamp) return this.keep(path, before).summary;
    const leave = await this.reading.enter(bytes);
    const summary = await read(changedAt).finally(leave);
    this.known.delete(path);
    return RESTING.includes(summary.state) ? this.keep(path, { stamp, summary }).summary : summary;
  }

  /** As the one asked for last; the one that nobody has asked for for longest makes room. */
  private keep(path: string, entry: Known<S>): Known<S> {
    this.known.delete(path);
    this.known.set(path, entry);
    if (this.known.size > this.most) this.known.delete(this.known.keys().next().value as string);
    return entry;
  }

  /** The files by place, size and time. */
  private async lookAt(path: string): Promise<{ stamp: string; changedAt: number; bytes: number }> {
    const all = await Promise.all(this.files.map((name) => stat(join(path, name)).catch(() => undefined)));
    const stamp = all.map((facts) => (facts ? `${facts.ino} ${facts.size} ${facts.mtimeMs}` : '')).join('; ');
    return { stamp, changedAt: all.find((facts) => facts !== undefined)?.mtimeMs ?? 0, bytes: all.reduce((sum, facts) => sum + (facts?.size ?? 0), 0) };
  }
}
