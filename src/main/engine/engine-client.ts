import { type ChildProcess, fork } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import { checked } from '../../shared/contract/check.js';
import type { EngineDoor } from '../../shared/contract/door.js';
import type { EngineEvent } from '../../shared/contract/events.js';
import type { Reply, RequestBody, RequestName } from '../../shared/contract/requests.js';
import type { EngineState } from '../../shared/contract/wire.js';
import { UserError } from '../core/errors.js';
import { sentenceOfEnding } from './ending.js';
import { type FromHost, type ToHost, toHostSchema } from './host-messages.js';
import { LogTail } from './log-tail.js';
import type { Picture } from './picture-desk.js';
import { whenGone } from './when-gone.js';

interface Waiting {
  resolve(value: unknown): void;
  reject(error: Error): void;
}

/** An engine that dies more often than this within a minute is not started again by itself. */
const RESTARTS_A_MINUTE = 3;
const CLOSE_GRACE_MS = 75_000;

/** What runs the engine. */
export interface EngineProgram {
  /** Path of Node, which alone can load what is native; the one that runs this process where absent. */
  node?: string;
  /** Path of the compiled engine-process.js; beside this file where absent. */
  module?: string;
  /** Whether the dialog that chooses paths is in the page; absent where the host shows the system's, and grants. */
  chooser?: boolean;
}

/** The engine in a process of its own, as a window's host holds it: started, watched, and started again when it dies. */
export class EngineClient implements EngineDoor {
  state: EngineState = { state: 'running', generation: 0 };
  private child: ChildProcess | undefined;
  private readonly waiting = new Map<number, Waiting>();
  private readonly listeners = new Set<(event: EngineEvent) => void>();
  private readonly stateListeners = new Set<(state: EngineState) => void>();
  private asked = 0;
  private deaths: number[] = [];
  private closing = false;

  /** Granted for as long as the host runs: told again to an engine that comes after. */
  private readonly passing = new Set<string>();

  /** @param given Folder named when the program was started. */
  constructor(private readonly given?: string, private readonly program: EngineProgram = {}) {
    this.start();
  }

  /** Number of the engine's process. */
  get pid(): number | undefined {
    return this.child?.pid;
  }

  request<N extends RequestName>(name: N, body: RequestBody<N>): Promise<Reply<N>> {
    return this.ask((id) => ({ type: 'request', id, name, body })) as Promise<Reply<N>>;
  }

  /**
   * Lets windows reach paths that a person chose outside of them: in a dialog of the system, by a drop, on a command line.
   * @param passing For as long as the host runs, instead of for good.
   * @throws UserError where one cannot be followed to where it lies.
   */
  async grant(paths: string | readonly string[], { passing = false } = {}): Promise<void> {
    const all = typeof paths === 'string' ? [paths] : [...paths];
    if (passing) all.forEach((path) => this.passing.add(path));
    await this.ask((id) => ({ type: 'grant', id, paths: all, passing }));
  }

  /** Where the picture of a name lies; null where there is none. */
  picture(name: string): Promise<Picture | null> {
    return this.ask((id) => ({ type: 'picture', id, name })) as Promise<Picture | null>;
  }

  subscribe(listener: (event: EngineEvent) => void): () => void {
    this.listeners.add(listener);
    return () => void this.listeners.delete(listener);
  }

  /** Told whenever the engine's process dies or comes back. */
  watch(listener: (state: EngineState) => void): () => void {
    this.stateListeners.add(listener);
    return () => void this.stateListeners.delete(listener);
  }

  /** Starts an engine that has died; one that runs is left alone. */
  restart(): void {
    if (this.child || this.closing) return;
    this.startAgain();
  }

  /** Ends all jobs, with time to put their work away, and the engine. Resolves when its process is gone. */
  async close(): Promise<void> {
    this.closing = true;
    const child = this.child;
    if (!child) return;
    const gone = new Promise<void>((resolve) => whenGone(child, () => resolve()));
    if (child.connected) child.send({ type: 'close' } satisfies FromHost, () => {});
    const grace = setTimeout(() => this.kill(), CLOSE_GRACE_MS);
    await gone;
    clearTimeout(grace);
  }

  /** Ends the engine at once; its jobs follow it. */
  kill(): void {
    this.closing = true;
    this.child?.kill('SIGKILL');
  }

  private ask(message: (id: number) => FromHost): Promise<unknown> {
    const { child } = this;
    if (!child?.connected) return Promise.reject(new UserError('The engine is not running. Wait a moment, or restart it.'));
    const id = (this.asked += 1);
    const answer = new Promise((resolve, reject) => this.waiting.set(id, { resolve, reject }));
    try {
      child.send(message(id), () => {});
    } catch {
      // What is nested a hundred thousand deep is JSON, but nothing that crosses a channel.
      this.waiting.delete(id);
      return Promise.reject(new UserError('The message cannot be passed on: it is not made like one of this program.'));
    }
    return answer;
  }

  private start(): void {
    const { node = process.execPath, module = besideThisFile(), chooser = false } = this.program;
    const child = fork(module, [this.given ?? '', chooser ? 'chooser' : ''], {
      execPath: node, serialization: 'advanced', stdio: ['ignore', 'pipe', 'pipe', 'ipc'], execArgv: ['--enable-source-maps'],
    });
    const log = new LogTail();
    for (const stream of [child.stdout, child.stderr]) stream?.setEncoding('utf8').on('data', (chunk: string) => log.add(chunk));
    child.on('message', (message) => this.heed(child, message));
    child.on('error', (error) => log.add(error.message));
    whenGone(child, (exit) => this.lost(sentenceOfEnding(exit, log.text).replace('The job', 'The engine')));
    this.child = child;
    if (this.passing.size) void this.ask((id) => ({ type: 'grant', id, paths: [...this.passing], passing: true })).catch(() => {});
  }

  /** What is no message of an engine costs that engine its life, and not the host. */
  private heed(child: ChildProcess, message: unknown): void {
    try {
      this.receive(checked(toHostSchema, message, 'message of the engine'));
    } catch (error) {
      process.emitWarning(error instanceof Error ? error : String(error));
      child.kill('SIGKILL');
    }
  }

  private receive(message: ToHost): void {
    if (message.type === 'event') return this.listeners.forEach((listener) => listener(message.event));
    if (message.type === 'engine') return;
    const waiting = this.waiting.get(message.id);
    this.waiting.delete(message.id);
    if (message.type === 'refusal') waiting?.reject(refusalError(message.error));
    else waiting?.resolve(answerIn(message));
  }

  private lost(why: string): void {
    this.child = undefined;
    this.waiting.forEach(({ reject }) => reject(new UserError(why)));
    this.waiting.clear();
    if (this.closing) return;
    const now = Date.now();
    this.deaths = [...this.deaths.filter((time) => now - time < 60_000), now];
    const message = `${why} Jobs that were running have ended; a training goes on from its last checkpoint when you resume its run.`;
    if (this.deaths.length > RESTARTS_A_MINUTE) this.enter({ state: 'failed', generation: this.state.generation, message });
    else this.startAgain(message);
  }

  /** @param message What came before, as a sentence. */
  private startAgain(message?: string): void {
    const { generation } = this.state;
    try {
      this.start();
    } catch (error) {
      // The system itself refuses another process: too little memory, an environment too large.
      const refused = `The engine could not be started (${error instanceof Error ? error.message : String(error)}). Close other programs, then restart it.`;
      return this.enter({ state: 'failed', generation, message: [message, refused].filter(Boolean).join(' ') });
    }
    this.enter({ state: 'running', generation: generation + 1, message });
  }

  private enter(state: EngineState): void {
    this.state = state;
    this.stateListeners.forEach((listener) => listener(state));
  }
}

function besideThisFile(): string {
  return fileURLToPath(new URL('./engine-process.js', import.meta.url));
}

function answerIn(message: Exclude<ToHost, { type: 'event' | 'engine' | 'refusal' }>): unknown {
  if (message.type === 'granted') return undefined;
  return message.type === 'reply' ? message.reply : message.picture;
}

function refusalError({ message, expected }: { message: string; expected: boolean }): Error {
  return expected ? new UserError(message) : new Error(message);
}
