/** Pictures and graphs dropped on a page: a browser does not tell where they lie, so that their bytes come here, for as long as the program runs. */
import { createWriteStream, existsSync, mkdirSync, readdirSync, rmSync } from 'node:fs';
import { mkdir, rename, rm } from 'node:fs/promises';
import type { IncomingMessage } from 'node:http';
import { extname, join } from 'node:path';
import { Transform } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import type { DroppedFile } from '../../../shared/contract/dropped.js';
import { cacheFolder } from '../../core/paths.js';
import { writeFault } from '../../core/files.js';
import { namedLikeGraph } from '../../../shared/graph-names.js';
import { namedLikePicture } from '../../../shared/picture-names.js';
import { Refused } from '../window/refused.js';

/** A photograph, also a large scan. */
const MOST_FILE_BYTES = 256 * 2 ** 20;
/** Of one drop. */
const MOST_FILES = 1000;
/** Of all drops together. */
const MOST_BYTES = 8 * 2 ** 30;
const MOST_STEPS = 6;
const MOST_NAME = 180;

export interface UploadLimits {
  fileBytes?: number;
  files?: number;
  bytes?: number;
}

/** Keeps what was dropped in a folder of its own beside the cache, which goes with the program. */
export class UploadDesk {
  private readonly place: string;
  private readonly counts = new Map<string, number>();
  private bytes = 0;
  /** Paths that files are being written to. */
  private readonly reserved = new Set<string>();

  /** @param grant Lets windows reach the folder, once it is there. @throws UserError where `home` cannot be made. */
  constructor(private readonly grant: (folder: string) => Promise<void>, private readonly limits: UploadLimits = {}, home = join(cacheFolder(), 'dropped')) {
    removeLeftOver(home);
    this.place = join(home, String(process.pid));
  }

  /**
   * Takes one file of a drop.
   * @param drop Chosen by the page: files of one drop lie in one folder.
   * @param path The file's path within the drop, with `/`.
   * @returns Where it lies now: its path, and the path of the drop's first step, a folder where one was dropped.
   * @throws Refused where name, number or size are not taken.
   */
  async take(drop: string, path: string, request: IncomingMessage): Promise<DroppedFile> {
    const steps = stepsOf(path);
    this.countIn(drop, Number(request.headers['content-length'] ?? 0));
    const folder = join(this.place, drop, ...steps.slice(0, -1));
    try {
      await this.ready(folder);
      const file = await this.written(join(folder, steps[steps.length - 1]), request);
      return { path: file, top: steps.length > 1 ? join(this.place, drop, steps[0]) : file };
    } catch (error) {
      throw writeFault(folder, error);
    }
  }

  /** Removes everything that was dropped. */
  close(): void {
    rmSync(this.place, { recursive: true, force: true });
  }

  private async ready(folder: string): Promise<void> {
    const isFirst = !existsSync(this.place);
    await mkdir(folder, { recursive: true, mode: 0o700 });
    if (isFirst) await this.grant(this.place);
  }

  private countIn(drop: string, bytes: number): void {
    const { fileBytes = MOST_FILE_BYTES, files = MOST_FILES } = this.limits;
    if (bytes > fileBytes) throw tooLarge(fileBytes);
    const count = (this.counts.get(drop) ?? 0) + 1;
    if (count > files) throw new Refused(413, `More than ${files} files cannot be dropped at a time. Choose their folder instead.`);
    this.counts.set(drop, count);
  }

  /** Two files of one name may come at the same time: a path that was chosen is nobody else's from that moment. */
  private async written(path: string, request: IncomingMessage): Promise<string> {
    const file = freePath(path, this.reserved);
    const key = keyOf(file);
    this.reserved.add(key);
    try {
      await this.write(file, request);
      return file;
    } finally {
      this.reserved.delete(key);
    }
  }

  /** Written aside and renamed: a page that goes away in the middle leaves no half picture. */
  private async write(file: string, request: IncomingMessage): Promise<void> {
    const aside = `${file}.part`;
    const taken = { bytes: 0 };
    try {
      await pipeline(request, this.counter(taken), createWriteStream(aside, { flags: 'wx', mode: 0o600 }));
      await rename(aside, file);
    } catch (error) {
      this.bytes -= taken.bytes;
      // Somebody else's file stays.
      if ((error as NodeJS.ErrnoException).code !== 'EEXIST') await rm(aside, { force: true });
      throw error;
    }
  }

  /** @param taken Counts what this file has brought. */
  private counter(taken: { bytes: number }): Transform {
    const { fileBytes = MOST_FILE_BYTES, bytes: most = MOST_BYTES } = this.limits;
    return new Transform({
      transform: (chunk: Buffer, _encoding, done) => {
        taken.bytes += chunk.length;
        this.bytes += chunk.length;
        if (taken.bytes > fileBytes) return done(tooLarge(fileBytes));
        if (this.bytes > most) return done(new Refused(413, 'No more files can be dropped until the program is started again. Choose their folder instead.'));
        done(null, chunk);
      },
    });
  }
}

function tooLarge(bytes: number): Refused {
  return new Refused(413, `A file of more than ${Math.floor(bytes / 2 ** 20)} MB cannot be dropped. Choose it in the dialog instead.`);
}

/** Signs that some system does not take in a name. */
// eslint-disable-next-line no-control-regex
const UNUSABLE = /[\u0000-\u001f\u007f<>:"|?*\\]/g;

/** @throws Refused where the path leads anywhere but down, or names neither a picture nor a graph. */
function stepsOf(path: string): string[] {
  const steps = path.split('/').map((step) => step.replace(UNUSABLE, '_').replace(/[. ]+$/, '_'));
  const name = steps[steps.length - 1];
  const odd = steps.length > MOST_STEPS || path.split('/').some((step) => step === '' || step.startsWith('.') || step.length > MOST_NAME);
  if (odd) throw new Refused(400, 'The name of a dropped file cannot be taken. Choose it in the dialog instead.');
  if (!namedLikePicture(name) && !namedLikeGraph(name)) throw new Refused(400, `${name} is not named like a picture or a graph.`);
  return steps;
}

/** Some systems take two names that differ in their capitals for one. */
function keyOf(path: string): string {
  return path.toLowerCase();
}

/** A number is added where the name is taken. */
function freePath(path: string, reserved: ReadonlySet<string>): string {
  const ending = extname(path);
  const start = path.slice(0, path.length - ending.length);
  for (let number = 1; ; number++) {
    const free = number === 1 ? path : `${start} (${number})${ending}`;
    if (!reserved.has(keyOf(free)) && !existsSync(free) && !existsSync(`${free}.part`)) return free;
  }
}

/** What programs that were killed left behind. @throws UserError where the place cannot be written. */
function removeLeftOver(home: string): void {
  try {
    mkdirSync(home, { recursive: true, mode: 0o700 });
  } catch (error) {
    throw writeFault(home, error);
  }
  for (const name of readdirSync(home)) if (!isAlive(Number(name))) rmSync(join(home, name), { recursive: true, force: true });
}

function isAlive(pid: number): boolean {
  try {
    return Number.isInteger(pid) && pid > 0 && process.kill(pid, 0);
  } catch (error) {
    return (error as NodeJS.ErrnoException).code === 'EPERM';
  }
}
