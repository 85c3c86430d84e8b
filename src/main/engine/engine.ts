import { randomBytes } from 'node:crypto';
import { fileURLToPath } from 'node:url';
import { checked, ContractError } from '../../shared/contract/check.js';
import type { EngineDoor } from '../../shared/contract/door.js';
import type { EngineEvent } from '../../shared/contract/events.js';
import {
  type CheckedBody, type Reply, type RequestBody, type RequestName, requestNames, REQUESTS,
} from '../../shared/contract/requests.js';
import type { Answers } from './answers/answers.js';
import { UserError } from '../core/errors.js';
import { engineAnswers } from './answers/engine.js';
import type { ProcessSource } from './job-process.js';
import { Lanes } from './lanes.js';
import type { Picture } from './picture-desk.js';
import { SupervisedJob } from './supervised-job.js';
import type { WindowGuard } from './window-guard.js';
import { Workspace, type WorkspaceOptions } from './workspace.js';

export interface EngineOptions extends Partial<ProcessSource>, WorkspaceOptions {
  /** Milliseconds that a cancelled job has to put its work away before its process is ended. */
  graceMs?: number;
}

/** A training writes its checkpoint and its last validation in this time, also on a slow disk. */
const GRACE_MS = 60_000;
/** Jobs that run or wait; more are a mistake, or a page that has gone wild. */
const MOST_OPEN = 200;
/** Ended jobs that are remembered; older ones make room. */
const REMEMBERED = 50;

type JobRequest = 'startJob' | 'cancelJob' | 'controlJob' | 'listJobs' | 'outcomeOfJob' | 'parametersOfJob';

/**
 * Starts, queues, watches and ends jobs, each in a process of its own. Loads nothing native itself, so that
 * whatever happens in a job costs that job and nothing else.
 */
export class Engine implements EngineDoor {
  private readonly jobs = new Map<string, SupervisedJob>();
  private readonly lanes = new Lanes();
  private readonly leaveQueue = new Map<string, () => void>();
  private readonly listeners = new Set<(event: EngineEvent) => void>();
  private readonly workspace: Workspace;
  private readonly answers: Answers;
  /** In the ids of its jobs: a window must not take a job for one of an engine that died. */
  private readonly mark = randomBytes(2).toString('hex');
  private started = 0;

  constructor(private readonly options: EngineOptions = {}) {
    this.workspace = new Workspace(options);
    this.answers = { ...this.jobAnswers, ...engineAnswers(() => this.pids()), ...this.workspace.answers((id) => this.find(id).parameters) };
    this.subscribe((event) => this.workspace.heed(event));
  }

  async request<N extends RequestName>(name: N, body: RequestBody<N>): Promise<Reply<N>> {
    if (!requestNames.includes(name)) throw new ContractError(`There is no request named ${String(name)}.`);
    return checked(REQUESTS[name].reply, await this.answers[name](checked(REQUESTS[name].body, body, name) as CheckedBody<N>), `reply to ${name}`) as Reply<N>;
  }

  subscribe(listener: (event: EngineEvent) => void): () => void {
    this.listeners.add(listener);
    return () => void this.listeners.delete(listener);
  }

  /** Ends every job, the running ones with time to put their work away, those that are at it already included. Resolves when no process is left. */
  async close(): Promise<void> {
    const open = [...this.jobs.values()].filter((job) => !job.outcome);
    const ended = open.map((job) => this.untilEnded(job.id));
    open.forEach((job) => this.cancel(job));
    await Promise.all([...ended, this.workspace.close()]);
  }

  /** What judges the requests of windows before they come here; command lines may ask for anything. */
  guard(): WindowGuard {
    return this.workspace.guard();
  }

  /** Lets windows reach what a person chose outside of them; `passing` for as long as this engine runs. */
  grant(paths: readonly string[], passing: boolean): Promise<void> {
    return this.workspace.grant(paths, passing);
  }

  /** A picture by its name; undefined where there is none. @throws UserError where it cannot be made. */
  picture(name: string): Promise<Picture | undefined> {
    return this.workspace.picture(name);
  }

  private readonly jobAnswers: Answers<JobRequest> = {
    startJob: ({ kind, parameters }) => {
      this.demandRoom();
      const source = { childModule: besideThis('./job-child.js'), ...this.options };
      const home = { source, graceMs: this.options.graceMs ?? GRACE_MS, tell: (event: EngineEvent) => this.tell(event) };
      const job = new SupervisedJob(`${kind}-${this.mark}-${(this.started += 1)}`, kind, parameters, home);
      this.remember(job);
      this.enqueue(job);
      return job.view();
    },
    cancelJob: ({ id }) => {
      const job = this.find(id);
      if (job.view().state === 'stopping') job.endAtOnce();
      else this.cancel(job);
      return job.view();
    },
    controlJob: ({ id, action }) => {
      const job = this.find(id);
      job.control(action);
      return job.view();
    },
    listJobs: () => [...this.jobs.values()].map((job) => job.view()),
    outcomeOfJob: ({ id }) => this.find(id).outcome ?? null,
    parametersOfJob: ({ id }) => this.find(id).toldParameters,
  };

  private demandRoom(): void {
    const open = [...this.jobs.values()].filter(({ outcome }) => !outcome).length;
    if (open >= MOST_OPEN) throw new UserError(`${MOST_OPEN} jobs are waiting already. Cancel some, or wait until they are done.`);
  }

  private enqueue(job: SupervisedJob): void {
    const leave = this.lanes.enter(job.lane, () => {
      this.leaveQueue.delete(job.id);
      void job.run().finally(() => this.lanes.leave(job.lane));
    });
    if (!job.view().startedAt) this.leaveQueue.set(job.id, leave);
  }

  private cancel(job: SupervisedJob): void {
    this.leaveQueue.get(job.id)?.();
    this.leaveQueue.delete(job.id);
    job.cancel();
  }

  private pids(): number[] {
    return [...[...this.jobs.values()].map(({ pid }) => pid), ...this.workspace.pids()].filter((pid) => pid !== undefined);
  }

  private find(id: string): SupervisedJob {
    const job = this.jobs.get(id);
    if (!job) throw new ContractError(`There is no job ${id}.`);
    return job;
  }

  private remember(job: SupervisedJob): void {
    this.jobs.set(job.id, job);
    const ended = [...this.jobs.values()].filter(({ outcome }) => outcome);
    ended.slice(0, Math.max(0, ended.length - REMEMBERED)).forEach(({ id }) => this.jobs.delete(id));
  }

  private untilEnded(id: string): Promise<void> {
    return new Promise((resolve) => {
      const leave = this.subscribe((event) => {
        if (event.type !== 'ended' || event.id !== id) return;
        leave();
        resolve();
      });
    });
  }

  /** A listener that throws costs neither the job nor the other listeners their event; its fault is told as a warning. */
  private tell(event: EngineEvent): void {
    for (const listener of this.listeners) {
      try {
        listener(event);
      } catch (error) {
        process.emitWarning(error instanceof Error ? error : String(error));
      }
    }
  }
}

function besideThis(relative: string): string {
  return fileURLToPath(new URL(relative, import.meta.url));
}
