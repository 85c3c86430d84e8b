/**
 * A graph that runs in a process of its own, within limits of time and memory: a graph of unknown origin can hang, take all memory or
 * bring down the process that runs it. Memory is watched where the system tells it (Linux, macOS); on Windows only time is limited.
 */
import { fork, type ChildProcess } from 'node:child_process';
import { compiledEntry } from '../compiled-entry.js';
import { UserError } from '../errors.js';
import { forbiddenNodes } from '../graph-operations/allowed.js';
import { makeGraphFolder, removeGraphFolder } from '../graph/graph-folder.js';
import type { Fetched, NativeFeed } from '../graph/native-session.js';
import { writeGraphAsSavedModel } from '../graph/saved-model.js';
import type { GraphMessage } from '../graph/schema.js';
import { residentMemory } from '../resident-memory.js';
import { withMappedConstants } from './mapped-constants.js';
import type { GraphAnswer, GraphQuestion } from './graph-messages.js';

export interface RunLimits {
  /** Seconds that loading or one run may take. */
  seconds: number;
  /** Bytes of memory that the process may hold. */
  memory: number;
}

export const USUAL_LIMITS: RunLimits = { seconds: 600, memory: 4 * 2 ** 30 };
/** Where the system's files tell it a look costs nothing; elsewhere it starts a program. */
const LOOK_EVERY_MS = process.platform === 'linux' ? 50 : 500;

/** @throws UserError that names the operations which are neither harmless nor allowed. */
export function refuseForbidden(graph: GraphMessage, allowed: readonly string[]): void {
  const forbidden = forbiddenNodes(graph, allowed);
  if (forbidden.length === 0) return;
  const named = forbidden.slice(0, 10).map(({ operation, node }) => `${operation} (${node})`).join(', ');
  throw new UserError(
    `The graph is not run: it holds operations that do more than compute, or that are not known: ${named}${forbidden.length > 10 ? ` and ${forbidden.length - 10} more` : ''}. ` +
      'If you trust where it comes from, allow them by name.',
    { option: `--allow ${forbidden.map(({ operation }) => operation).join(',')}` },
  );
}

export class IsolatedGraph {
  private readonly gone: Promise<void>;
  private ended = false;
  private fatal: { reason: string; option: string } | undefined;
  /** Folders of what is loaded; the graph may read from one while it runs. */
  private folders: string[] = [];

  private constructor(private readonly child: ChildProcess, private readonly limits: RunLimits, private readonly signal: AbortSignal | undefined) {
    this.gone = new Promise((resolve) => {
      const end = () => {
        this.ended = true;
        resolve();
      };
      child.on('exit', end);
      // One that could not be started never exits.
      child.on('error', () => child.pid === undefined && end());
    });
  }

  /** Starts the process. Whoever opens it closes it. */
  static open(limits: RunLimits = USUAL_LIMITS, signal?: AbortSignal): IsolatedGraph {
    const child = fork(compiledEntry('graph-process', import.meta.url), [], { serialization: 'advanced', stdio: ['ignore', 'ignore', 'ignore', 'ipc'], execArgv: [] });
    return new IsolatedGraph(child, limits, signal);
  }

  /**
   * Loads a graph whose operations have been judged; one that was loaded before makes room.
   * @param mapped Large constants are read from files instead of being copied: a fifth of the memory, and a little slower in each run.
   * @throws UserError with TensorFlow's reason where it refuses the graph, or a limit is met.
   */
  async load(graph: GraphMessage, { mapped = false } = {}): Promise<void> {
    const folder = await makeGraphFolder();
    this.folders.push(folder);
    try {
      const { graph: written, ready } = mapped ? await withMappedConstants(graph, folder) : { graph, ready: undefined };
      await writeGraphAsSavedModel(folder, written);
      await this.ask({ do: 'load', folder });
      if (ready !== undefined) await this.run([], [ready]);
    } catch (error) {
      // It may have been closed meanwhile, before the folder was made.
      if (this.ended) await this.tidy();
      throw error;
    }
    await this.tidy(mapped ? folder : undefined);
  }

  /** Runs a layers model of TensorFlow.js from its files. @returns Its outputs. */
  async runLayers(path: string, feeds: NativeFeed[]): Promise<Fetched[]> {
    return (await this.ask({ do: 'layers', path, feeds })).results;
  }

  /** @returns The values in the order of `fetches`, and the seconds that the run took. @throws UserError as `load` does. */
  async run(feeds: NativeFeed[], fetches: string[]): Promise<{ results: Fetched[]; seconds: number }> {
    return this.ask({ do: 'run', feeds, fetches });
  }

  /** Ends the process and leaves nothing behind. */
  async close(): Promise<void> {
    this.kill();
    // Windows removes no file that a process still maps.
    await this.gone;
    await this.tidy();
  }

  private kill(): void {
    if (!this.ended) this.child.kill('SIGKILL');
  }

  private async tidy(kept?: string): Promise<void> {
    const left = this.folders.filter((folder) => folder !== kept);
    this.folders = this.folders.filter((folder) => folder === kept);
    await Promise.all(left.map(removeGraphFolder));
  }

  private async ask(question: GraphQuestion): Promise<{ results: Fetched[]; seconds: number }> {
    this.signal?.throwIfAborted();
    const watch = setInterval(() => void this.watchMemory(), LOOK_EVERY_MS);
    const late = setTimeout(() => this.end(`it took more than ${this.limits.seconds} seconds. Allow more time`, '--max-seconds'), 1000 * this.limits.seconds);
    const abort = () => this.kill();
    this.signal?.addEventListener('abort', abort);
    try {
      const answer = await this.answer(question);
      // One that is answered between two looks has its memory looked at all the same.
      await this.watchMemory();
      if (this.fatal) throw this.fatalError(this.fatal.reason);
      if ('fault' in answer) throw new UserError(`TensorFlow refuses the graph: ${firstSentence(answer.fault)}`);
      return answer;
    } finally {
      clearInterval(watch);
      clearTimeout(late);
      this.signal?.removeEventListener('abort', abort);
    }
  }

  private answer(question: GraphQuestion): Promise<GraphAnswer> {
    return new Promise((resolve, reject) => {
      const gone = (code: number | null, signal: NodeJS.Signals | null) => {
        if (this.signal?.aborted) return reject(this.signal.reason as Error);
        const reason = this.fatal?.reason ?? `the process that ran it died (${signal ?? `exit code ${code}`}), by an error in TensorFlow or for want of memory`;
        reject(this.fatalError(reason));
      };
      this.child.once('exit', gone);
      this.child.once('message', (message) => {
        this.child.off('exit', gone);
        resolve(message as GraphAnswer);
      });
      if (this.ended) return gone(this.child.exitCode, this.child.signalCode);
      // A process that has gone meanwhile is told by its exit.
      this.child.send(question, () => {});
    });
  }

  private fatalError(reason: string): UserError {
    return new UserError(`The graph was ended: ${reason}.`, { option: this.fatal?.option });
  }

  private async watchMemory(): Promise<void> {
    const bytes = await residentMemory([this.child.pid ?? 0]);
    if (bytes > this.limits.memory) this.end(`it took more than ${Math.round(this.limits.memory / 2 ** 20).toLocaleString('en')} MB of memory. Allow more`, '--max-memory');
  }

  /** @param option What allows more on a command line. */
  private end(reason: string, option: string): void {
    this.fatal ??= { reason, option };
    this.kill();
  }
}

/** TensorFlow's messages end in traces of its own. */
function firstSentence(message: string): string {
  const [first] = message.replace(/^Session fail(ed)? to \w+ with( error)?:? ?/i, '').split(/\n|\[\[\{\{|\. *\(/);
  return first.length > 600 ? `${first.slice(0, 600)}…` : first.trim();
}
