/**
 * Ray's job interface (https://docs.ray.io, "Ray Jobs REST API"), spoken to over HTTP and a WebSocket. It is the only address beyond this machine that
 * the program ever speaks to, and a person has typed it.
 */
import { createHash, randomUUID } from 'node:crypto';
import { setTimeout } from 'node:timers/promises';
import { WebSocket } from 'ws';
import { z } from 'zod';
import { UserError } from '../errors.js';

const versionSchema = z.looseObject({ ray_version: z.string() });
const submittedSchema = z.looseObject({ submission_id: z.string() });
const jobSchema = z.looseObject({ status: z.enum(['PENDING', 'RUNNING', 'STOPPED', 'SUCCEEDED', 'FAILED']), message: z.string().nullish() });
const logsSchema = z.looseObject({ logs: z.string() });

export type RayJob = z.infer<typeof jobSchema>;

/** What is asked of a cluster in one job. */
export interface NewJob {
  /** Command line; its words are quoted here. */
  command: readonly string[];
  /** Address that `upload` gave. */
  workingFolder: string;
  environment?: Readonly<Record<string, string>>;
}

/** Ray's own servers take so much in one piece. */
export const MOST_PACKAGE_BYTES = 95 * 2 ** 20;
const [OLDEST, NEWEST] = [[2, 9], [2, 49]] as const;
const ANSWER_MS = 60_000;
const VERSION_PATH = 'api/version';
const RECONNECT_MS = 1_000;
const RESUBMIT_MS = 2_000;
/** How often a job is sent to a head that cannot take it yet. */
const SUBMISSIONS = 15;
/** Connections in a row that may fail before the head counts as gone. */
const ATTEMPTS = 5;

/** A cluster that does not answer: its address, and what was tried. */
export class ClusterUnreachable extends UserError {}

/** The cluster answers, but something is wrong with it. */
class ServerFault extends UserError {}

/** A job that the cluster does not know. */
export class JobUnknown extends UserError {}

export class RayJobs {
  private readonly base: URL;
  private readonly headers: Readonly<Record<string, string>>;

  /**
   * @param address Of the head's dashboard: `http://10.0.0.1:8265`.
   * @param headers For a proxy that wants to know who asks; held in memory only.
   * @throws UserError when it is no address.
   */
  constructor(private readonly address: string, headers: Readonly<Record<string, string>> = {}) {
    this.base = clusterAddress(address);
    // Ray's server breaks on requests without the first.
    this.headers = { 'user-agent': 'chromabench', ...headers };
  }

  /** @throws UserError when Ray's version is one that this program does not know. */
  async demandVersion(): Promise<string> {
    const { ray_version: version } = await this.ask('GET', VERSION_PATH, versionSchema);
    const [major, minor] = version.split('.').map(Number);
    if (major === OLDEST[0] && minor >= OLDEST[1] && minor <= NEWEST[1]) return version;
    throw new UserError(`The cluster at ${this.address} runs Ray ${version}, which does not fit: ${OLDEST.join('.')} to ${NEWEST.join('.')} do. Install one of these on its machines.`);
  }

  /** Hands a zip over, once. @returns The address that jobs name it by. */
  async upload(zip: Uint8Array<ArrayBuffer>): Promise<string> {
    const name = `_ray_pkg_${createHash('sha256').update(zip).digest('hex').slice(0, 32)}.zip`;
    const path = `api/packages/gcs/${name}`;
    const known = await this.fetch('GET', path);
    await known.body?.cancel();
    if (known.status === 404) await this.demandOk(await this.fetch('PUT', path, zip), path);
    return `gcs://${name}`;
  }

  /** A head that has just started takes no jobs for a while: it is asked again. @returns Name of the job. */
  async submit({ command, workingFolder, environment = {} }: NewJob): Promise<string> {
    // Named here, so that what is sent a second time is known to be the same job.
    const submission_id = `chromabench-${randomUUID()}`;
    const body = { submission_id, entrypoint: command.map(quoted).join(' '), runtime_env: { working_dir: workingFolder, env_vars: environment } };
    for (let attempt = 1; ; attempt++) {
      try {
        return (await this.ask('POST', 'api/jobs/', submittedSchema, body)).submission_id;
      } catch (error) {
        if (!(error instanceof ServerFault)) throw error;
        if (attempt > 1 && (await this.job(submission_id).then(() => true, () => false))) return submission_id;
        if (attempt >= SUBMISSIONS) throw error;
        await setTimeout(RESUBMIT_MS);
      }
    }
  }

  /** @throws JobUnknown. @throws ClusterUnreachable. */
  async job(name: string): Promise<RayJob> {
    return this.ask('GET', `api/jobs/${encodeURIComponent(name)}`, jobSchema);
  }

  /** All that a job has said so far. */
  async logs(name: string): Promise<string> {
    return (await this.ask('GET', `api/jobs/${encodeURIComponent(name)}/logs`, logsSchema)).logs;
  }

  /** Asks a job to end; it is given time to keep what it has. */
  async stop(name: string): Promise<void> {
    await this.ask('POST', `api/jobs/${encodeURIComponent(name)}/stop`, z.unknown());
  }

  /**
   * The lines of a job's log from its start, as they come, until the job has ended. A connection that breaks is made anew.
   * @throws ClusterUnreachable when the head does not answer any more. @throws the signal's reason.
   */
  async *lines(name: string, signal: AbortSignal): AsyncGenerator<string> {
    const text = new LogText();
    for (let failed = 0; ; ) {
      try {
        for await (const part of this.tail(name, signal)) yield* text.add(part);
        failed = 0;
        const { status } = await this.job(name);
        if (status !== 'PENDING' && status !== 'RUNNING') break;
      } catch (error) {
        signal.throwIfAborted();
        if (error instanceof JobUnknown || ++failed >= ATTEMPTS) throw error;
      }
      text.rewind();
      await setTimeout(RECONNECT_MS, undefined, { signal });
    }
    text.rewind();
    yield* text.add(await this.logs(name));
    yield* text.rest();
  }

  /** One connection to the log, from its start to wherever it breaks off. */
  private async *tail(name: string, signal: AbortSignal): AsyncGenerator<string> {
    const address = new URL(`api/jobs/${encodeURIComponent(name)}/logs/tail`, this.base);
    address.protocol = address.protocol === 'https:' ? 'wss:' : 'ws:';
    const socket = new WebSocket(address, { headers: this.headers, handshakeTimeout: ANSWER_MS, maxPayload: 2 ** 28 });
    const parts = new Parts(socket);
    const abort = () => socket.terminate();
    signal.addEventListener('abort', abort);
    try {
      yield* parts.all();
      signal.throwIfAborted();
    } catch (error) {
      throw this.unreachable(error);
    } finally {
      signal.removeEventListener('abort', abort);
      socket.terminate();
    }
  }

  private async ask<T extends z.ZodType>(method: string, path: string, schema: T, body?: object): Promise<z.infer<T>> {
    const response = await this.demandOk(await this.fetch(method, path, body === undefined ? undefined : JSON.stringify(body)), path);
    const parsed = schema.safeParse(await response.json().catch(() => undefined));
    if (parsed.success) return parsed.data;
    throw this.noCluster();
  }

  private async fetch(method: string, path: string, body?: string | Uint8Array<ArrayBuffer>): Promise<Response> {
    const headers = { ...this.headers, ...(typeof body === 'string' ? { 'content-type': 'application/json' } : {}) };
    try {
      return await fetch(new URL(path, this.base), { method, headers, body, redirect: 'error', signal: AbortSignal.timeout(ANSWER_MS) });
    } catch (error) {
      throw this.unreachable(error);
    }
  }

  private async demandOk(response: Response, path: string): Promise<Response> {
    if (response.ok) return response;
    const text = (await response.text().catch(() => '')).trim();
    if (response.status === 401 || response.status === 403) {
      throw new UserError(`${this.address} refuses to answer (${response.status}): it wants to know who asks. Give the header that its proxy expects.`);
    }
    if (response.status === 404 && path.startsWith('api/jobs/')) {
      throw new JobUnknown(`The cluster at ${this.address} does not know this job (any more): it was probably started anew.`);
    }
    // Every head tells its version.
    if (response.status === 404 && path === VERSION_PATH) throw this.noCluster();
    const Fault = response.status >= 500 ? ServerFault : UserError;
    throw new Fault(`${this.address} could not do it (${response.status}): ${text.split('\n').at(-1)?.slice(0, 300) || response.statusText}`);
  }

  private noCluster(): UserError {
    return new UserError(`${this.address} answers, but not as a Ray cluster does. Give the address of the head's dashboard, such as http://10.0.0.1:8265.`);
  }

  private unreachable(error: unknown): unknown {
    if (error instanceof UserError) return error;
    return new ClusterUnreachable(`The cluster at ${this.address} does not answer (${causeOf(error)}). Is the address right, and is its head running?`, { cause: error });
  }
}

/** @throws UserError when it is none, or one with a password in it. */
export function clusterAddress(text: string): URL {
  const whole = text.endsWith('/') ? text : `${text}/`;
  if (!URL.canParse(whole) || !/^https?:\/\//i.test(whole)) {
    throw new UserError(`${text} is no address of a cluster. Give that of the head's dashboard, such as http://10.0.0.1:8265.`);
  }
  const url = new URL(whole);
  if (url.username !== '' || url.password !== '') {
    throw new UserError('The address holds a name or a password, and would be written down with the run. Give them as a header.', { option: '--header' });
  }
  return url;
}

/** Node wraps why a connection failed. */
function causeOf(error: unknown): string {
  const { cause } = error as { cause?: unknown };
  const inner = cause instanceof Error ? cause : error;
  return inner instanceof Error ? ((inner as NodeJS.ErrnoException).code ?? inner.message) : String(inner);
}

/** For the shell that runs a job's command. */
function quoted(word: string): string {
  return /^[\w./-]+$/.test(word) ? word : `'${word.replaceAll("'", `'\\''`)}'`;
}

/** Lines out of text that comes in parts, and, after a connection was made anew, from its start again. */
class LogText {
  /** Of the log, in characters: what has been read, and where the connection stands. */
  private read = 0;
  private at = 0;
  private line = '';

  add(part: string): string[] {
    const fresh = part.slice(Math.max(0, this.read - this.at));
    this.at += part.length;
    this.read = Math.max(this.read, this.at);
    const lines = (this.line + fresh).split('\n');
    this.line = lines.pop() ?? '';
    return lines;
  }

  rewind(): void {
    this.at = 0;
  }

  rest(): string[] {
    return this.line === '' ? [] : [this.line];
  }
}

/** Messages of a socket as they come. */
class Parts {
  private readonly waiting: string[] = [];
  private ended = false;
  private fault: Error | undefined;
  private wake: () => void = () => undefined;

  constructor(socket: WebSocket) {
    socket.on('message', (data: Buffer) => this.change(() => this.waiting.push(data.toString('utf8'))));
    socket.on('error', (error) => this.change(() => (this.fault = error)));
    socket.on('close', () => this.change(() => (this.ended = true)));
  }

  async *all(): AsyncGenerator<string> {
    for (;;) {
      while (this.waiting.length > 0) yield this.waiting.shift() ?? '';
      if (this.fault !== undefined) throw this.fault;
      if (this.ended) return;
      await new Promise<void>((resolve) => (this.wake = resolve));
    }
  }

  private change(make: () => void): void {
    make();
    this.wake();
  }
}
