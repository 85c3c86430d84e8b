import { type ChildProcess, fork } from 'node:child_process';
import { availableParallelism } from 'node:os';
import { checked } from '../../shared/contract/check.js';
import type { Exit } from './ending.js';
import { LogTail } from './log-tail.js';
import { type FromChild, fromChildSchema, type ToChild } from './messages.js';
import { whenGone } from './when-gone.js';

/** Where a job's process starts, and with which handlers. */
export interface ProcessSource {
  /** Path of the compiled job-child.js. */
  childModule: string;
  /** Path of a module of handlers; the program's own when absent. */
  handlersModule?: string;
  /** Jobs leave the processors to whoever else wants them: to a window that a person is moving something in. */
  yields?: boolean;
}

/** What became of the process, once its channel and its output are read to the end. */
export interface ProcessEnding {
  exit: Exit;
  log: string;
}

const EXIT_GRACE_MS = 3_000;
/** Tells a job's process to lower its own priority, before it starts threads that have it from the first one. */
export const YIELDS = 'CHROMABENCH_YIELDS';

/** One forked child: messages out and in, its output kept as a tail, its end told once. */
export class JobProcess {
  readonly ended: Promise<ProcessEnding>;
  private readonly child: ChildProcess;
  private readonly log = new LogTail();
  private grace: NodeJS.Timeout | undefined;

  constructor(source: ProcessSource, receive: (message: FromChild) => void, refuse: (error: unknown) => void) {
    this.child = fork(source.childModule, source.handlersModule ? [source.handlersModule] : [], {
      serialization: 'advanced',
      stdio: ['ignore', 'pipe', 'pipe', 'ipc'],
      execArgv: ['--enable-source-maps'],
      env: childEnvironment(source),
    });
    this.keepOutput();
    this.child.on('message', (message) => {
      try {
        receive(checked(fromChildSchema, message, 'message of the job'));
      } catch (error) {
        refuse(error);
      }
    });
    this.ended = this.untilGone();
  }

  get pid(): number | undefined {
    return this.child.pid;
  }

  /** A message to a process that has gone meanwhile is dropped: its end is told anyway. */
  send(message: ToChild): void {
    if (this.child.connected) this.child.send(message, () => {});
  }

  /** Ends the process within the time given, whatever it is doing. */
  endWithin(ms: number): void {
    clearTimeout(this.grace);
    this.grace = setTimeout(() => {
      this.child.kill('SIGTERM');
      this.grace = setTimeout(() => this.kill(), EXIT_GRACE_MS);
    }, ms);
  }

  kill(): void {
    this.child.kill('SIGKILL');
  }

  private keepOutput(): void {
    for (const stream of [this.child.stdout, this.child.stderr]) {
      stream?.setEncoding('utf8').on('data', (chunk: string) => this.log.add(chunk));
    }
  }

  /** The last messages can still be on their way when the process has gone: wait for the channel, too. */
  private async untilGone(): Promise<ProcessEnding> {
    const channelClosed = new Promise<void>((resolve) => this.child.once('disconnect', resolve));
    this.child.on('error', (error) => this.log.add(`${error.message}\n`));
    const exit = await new Promise<Exit>((resolve) => whenGone(this.child, resolve, 'close'));
    if (this.child.pid !== undefined) await channelClosed;
    clearTimeout(this.grace);
    return { exit, log: this.log.text };
  }
}

/** Decoding runs on libuv's threads: as many as the machine has, at least Node's usual four. */
function childEnvironment({ yields }: ProcessSource): NodeJS.ProcessEnv {
  return {
    TF_CPP_MIN_LOG_LEVEL: '2',
    UV_THREADPOOL_SIZE: String(Math.max(4, availableParallelism())),
    ...process.env,
    ...(yields && { [YIELDS]: '1' }),
  };
}
