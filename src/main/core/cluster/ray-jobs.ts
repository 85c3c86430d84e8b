/**
 * Ray's job interface (https://docs.ray.io, "Ray Jobs REST API"), spoken to over HTTP and a WebSocket. It is the only address beyond this machine that
 * the program ever speaks to, and a person has typed it.
 */
import { createHash, randomUUID } from 'node:crypto';
import { setTimeout } from 'node:timers/promises';
import { z } from 'zod';
import { UserError } from '../errors.js';
import { boundedText } from './bounded-body.js';
import { clusterAddress } from './cluster-address.js';

const versionSchema = z.looseObject({ ray_version: z.string() });
const submittedSchema = z.looseObject({ submission_id: z.string() });
const jobSchema = z.looseObject({ status: z.enum(['PENDING', 'RUNNING', 'STOPPED', 'SUCCEEDED', 'FAILED']), message: z.string().nullish() });
const logsSchema = z.looseObject({ logs: z.string() });

export type RayJob = z.infer<typeof jobSchema>;

/** Whether a job has come to its end, whichever. */
export function hasEnded({ status }: RayJob): boolean {
  return status !== 'PENDING' && status !== 'RUNNING';
}

/** A name for a new job, which nobody else has. */
export function newJobName(): string {
  return `chromabench-${randomUUID()}`;
}

/** What is asked of a cluster in one job. */
export interface NewJob {
  /** Its name, drawn by `newJobName` before it is sent, so that what is sent a second time is known to be the same job. */
  name: string;
  /** Command line; its words are quoted here. */
  command: readonly string[];
  /** Address that `upload` gave. */
  workingFolder: string;
  environment?: Readonly<Record<string, string>>;
}

/** Ray's own servers take so much in one piece. */
export const MOST_PACKAGE_BYTES = 95 * 2 ** 20;
const [OLDEST, NEWEST] = [[2, 9], [2, 49]] as const;
/** Within this time an answer begins, and goes on. */
const ANSWER_MS = 60_000;
/** What is sent may go as slowly as this, in bytes a second. */
const SLOWEST = 2 ** 17;
/** Bytes of an answer, and of a whole log. */
const [MOST_ANSWER, MOST_LOG] = [2 ** 22, 2 ** 28];
const VERSION_PATH = 'api/version';
const RESUBMIT_MS = 2_000;
const ASK_STATUS_MS = 1_000;
/** How often a job is sent to a head that cannot take it yet. */
const SUBMISSIONS = 15;

/** A cluster that does not answer: its address, and what was tried. */
export class ClusterUnreachable extends UserError {}

/** The cluster, or a proxy before it, answers, but something is wrong with it, perhaps only now. */
export class ServerFault extends UserError {}

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
  async demandVersion(signal?: AbortSignal): Promise<string> {
    const { ray_version: version } = await this.ask('GET', VERSION_PATH, versionSchema, { signal });
    const [major, minor] = version.split('.').map(Number);
    if (major === OLDEST[0] && minor >= OLDEST[1] && minor <= NEWEST[1]) return version;
    throw new UserError(`The cluster at ${this.address} runs Ray ${version}, which does not fit: ${OLDEST.join('.')} to ${NEWEST.join('.')} do. Install one of these on its machines.`);
  }

  /** Hands a zip over, once. @returns The address that jobs name it by. */
  async upload(zip: Uint8Array<ArrayBuffer>, signal?: AbortSignal): Promise<string> {
    const name = `_ray_pkg_${createHash('sha256').update(zip).digest('hex').slice(0, 32)}.zip`;
    const path = `api/packages/gcs/${name}`;
    const known = await this.fetch('GET', path, { signal });
    if (known.ok) await known.body?.cancel();
    else if (known.status === 404) await this.demandOk(await this.fetch('PUT', path, { body: zip, signal }), path);
    else await this.demandOk(known, path);
    return `gcs://${name}`;
  }

  /** A head that has just started takes no jobs for a while: it is asked again. @throws ClusterUnreachable when nobody knows whether it has taken the job. */
  async submit({ name, command, workingFolder, environment = {} }: NewJob, signal?: AbortSignal): Promise<void> {
    const body = { submission_id: name, entrypoint: command.map(quoted).join(' '), runtime_env: { working_dir: workingFolder, env_vars: environment } };
    for (let attempt = 1; ; attempt++) {
      try {
        await this.ask('POST', 'api/jobs/', submittedSchema, { body, signal });
        return;
      } catch (error) {
        if (!(error instanceof ServerFault || error instanceof ClusterUnreachable)) throw error;
        // It may have been taken all the same, or the time before.
        if (await this.job(name).then(() => true, () => false)) return;
        if (error instanceof ClusterUnreachable || attempt >= SUBMISSIONS) throw error;
        await setTimeout(RESUBMIT_MS, undefined, { signal });
      }
    }
  }

  /** @throws JobUnknown. @throws ClusterUnreachable. */
  async job(name: string, signal?: AbortSignal): Promise<RayJob> {
    return this.ask('GET', `api/jobs/${encodeURIComponent(name)}`, jobSchema, { signal });
  }

  /** Waits until a job that has said its last word has ended. @returns How. */
  async ended(name: string, signal?: AbortSignal): Promise<RayJob> {
    for (;;) {
      const job = await this.job(name, signal);
      if (hasEnded(job)) return job;
      await setTimeout(ASK_STATUS_MS, undefined, { signal });
    }
  }

  /** All that a job has said so far. */
  async logs(name: string, signal?: AbortSignal): Promise<string> {
    return (await this.ask('GET', `api/jobs/${encodeURIComponent(name)}/logs`, logsSchema, { signal, most: MOST_LOG })).logs;
  }

  /** Asks a job to end; it is given time to keep what it has. */
  async stop(name: string): Promise<void> {
    await this.ask('POST', `api/jobs/${encodeURIComponent(name)}/stop`, z.unknown());
  }

  /** Where a job's log can be followed, for a WebSocket. */
  tailOf(name: string): { address: URL; headers: Readonly<Record<string, string>> } {
    const address = new URL(`api/jobs/${encodeURIComponent(name)}/logs/tail`, this.base);
    address.protocol = address.protocol === 'https:' ? 'wss:' : 'ws:';
    return { address, headers: this.headers };
  }

  private async ask<T extends z.ZodType>(method: string, path: string, schema: T, { body, signal, most = MOST_ANSWER }: { body?: object; signal?: AbortSignal; most?: number } = {}): Promise<z.infer<T>> {
    const response = await this.demandOk(await this.fetch(method, path, { body: body === undefined ? undefined : JSON.stringify(body), signal, bytes: most === MOST_ANSWER ? 0 : most }), path);
    const text = await this.bodyOf(response, most, signal);
    const parsed = schema.safeParse(jsonOf(text));
    if (parsed.success) return parsed.data;
    throw this.noCluster();
  }

  /** A body that breaks off is a line that broke, not another sort of server. */
  private async bodyOf(response: Response, most: number, signal?: AbortSignal): Promise<string> {
    try {
      return await boundedText(response, most);
    } catch (error) {
      signal?.throwIfAborted();
      throw this.unreachable(error);
    }
  }

  /** @param bytes Of what goes either way, where it is more than a few. */
  private async fetch(method: string, path: string, { body, signal, bytes = body?.length ?? 0 }: { body?: string | Uint8Array<ArrayBuffer>; signal?: AbortSignal; bytes?: number }): Promise<Response> {
    const headers = { ...this.headers, ...(typeof body === 'string' ? { 'content-type': 'application/json' } : {}) };
    const within = AbortSignal.timeout(ANSWER_MS + Math.ceil((bytes / SLOWEST) * 1000));
    try {
      return await fetch(new URL(path, this.base), { method, headers, body, redirect: 'error', signal: signal === undefined ? within : AbortSignal.any([signal, within]) });
    } catch (error) {
      signal?.throwIfAborted();
      throw this.unreachable(error);
    }
  }

  private async demandOk(response: Response, path: string): Promise<Response> {
    if (response.ok) return response;
    const text = (await boundedText(response, MOST_ANSWER).catch(() => '')).trim();
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

  /** What is told of a connection that failed. */
  unreachable(error: unknown): unknown {
    if (error instanceof UserError) return error;
    return new ClusterUnreachable(`The cluster at ${this.address} does not answer (${causeOf(error)}). Is the address right, and is its head running?`, { cause: error });
  }
}

/** Node wraps why a connection failed. */
function causeOf(error: unknown): string {
  const { cause } = error as { cause?: unknown };
  const inner = cause instanceof Error ? cause : error;
  return inner instanceof Error ? ((inner as NodeJS.ErrnoException).code ?? inner.message) : String(inner);
}

function jsonOf(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}

/** For the shell that runs a job's command. */
function quoted(word: string): string {
  return /^[\w./-]+$/.test(word) ? word : `'${word.replaceAll("'", `'\\''`)}'`;
}
