import { type ChildProcess, fork } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import { checked } from '../../../shared/contract/check.js';
import { UserError } from '../../core/errors.js';
import { LogTail } from '../log-tail.js';
import { whenGone } from '../when-gone.js';
import { type ServiceName, SERVICES, type SpecOf } from './index.js';
import type { CallBody, CallReply, CallSpec } from './service.js';
import { type Answer, answerSchema } from './service-messages.js';

interface Waiting {
  child: ChildProcess;
  schema: CallSpec['reply'];
  what: string;
  resolve(reply: unknown): void;
  reject(error: Error): void;
}

/** A service as the engine sees it: its process starts at the first call, and again after a crash or a rest. */
export class ServiceProcess<S extends ServiceName> {
  private child: ChildProcess | undefined;
  private readonly waiting = new Map<number, Waiting>();
  private calls = 0;
  private rest: NodeJS.Timeout | undefined;

  constructor(private readonly name: S) {}

  get pid(): number | undefined {
    return this.child?.pid;
  }

  /** @throws UserError in the service's own words, or where its process died over the call. */
  call<N extends keyof SpecOf<S> & string>(name: N, body: CallBody<SpecOf<S>, N>): Promise<CallReply<SpecOf<S>, N>> {
    const id = (this.calls += 1);
    clearTimeout(this.rest);
    const schema = (SERVICES[this.name].spec as Record<string, CallSpec>)[name].reply;
    const child = (this.child ??= this.start());
    const reply = new Promise<unknown>((resolve, reject) => this.waiting.set(id, { child, schema, what: `reply of ${name}`, resolve, reject }));
    child.send({ id, name, body }, () => {});
    return reply as Promise<CallReply<SpecOf<S>, N>>;
  }

  /** Ends a call that is under way, and the process with it; where others wait, too, it goes on for them. */
  async giveUp(): Promise<void> {
    if (this.waiting.size <= 1) await this.close();
  }

  /** Resolves when no process is left. */
  async close(): Promise<void> {
    clearTimeout(this.rest);
    const child = this.child;
    if (!child) return;
    // A call that comes now is for the next process.
    this.child = undefined;
    const gone = new Promise<void>((resolve) => whenGone(child, () => resolve()));
    child.kill('SIGKILL');
    await gone;
  }

  private start(): ChildProcess {
    const child = fork(fileURLToPath(new URL('./service-child.js', import.meta.url)), [this.name], {
      serialization: 'advanced', stdio: ['ignore', 'pipe', 'pipe', 'ipc'], execArgv: ['--enable-source-maps'],
    });
    const log = new LogTail();
    for (const stream of [child.stdout, child.stderr]) stream?.setEncoding('utf8').on('data', (chunk: string) => log.add(chunk));
    child.on('message', (message) => this.heed(child, message));
    child.on('error', (error) => log.add(error.message));
    whenGone(child, () => this.lost(child, log.text));
    return child;
  }

  /** What is no answer costs the service its life, and not the engine. */
  private heed(child: ChildProcess, message: unknown): void {
    const read = answerSchema.safeParse(message);
    if (read.success) this.receive(read.data);
    else child.kill('SIGKILL');
  }

  private receive(answer: Answer): void {
    const waiting = this.waiting.get(answer.id);
    this.waiting.delete(answer.id);
    if (this.waiting.size === 0) this.rest = setTimeout(() => void this.close(), SERVICES[this.name].restAfter).unref();
    if (!waiting) return;
    if ('error' in answer) waiting.reject(answer.error.expected ? new UserError(answer.error.message) : new Error(answer.error.message));
    else this.settle(waiting, answer.reply);
  }

  private settle({ schema, what, resolve, reject }: Waiting, reply: unknown): void {
    try {
      resolve(checked(schema, reply, what));
    } catch (error) {
      reject(error as Error);
    }
  }

  private lost(child: ChildProcess, log: string): void {
    if (this.child === child) this.child = undefined;
    const error = new UserError(`The process for ${this.name} ended unexpectedly; the next request starts it again.${log ? `\n${log}` : ''}`);
    for (const [id, waiting] of this.waiting) {
      if (waiting.child !== child) continue;
      this.waiting.delete(id);
      waiting.reject(error);
    }
  }
}
