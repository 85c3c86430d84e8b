/** The log of a job on a cluster, followed as it grows: over a WebSocket, which is made anew where it breaks. */
import { setTimeout as wait } from 'node:timers/promises';
import { WebSocket } from 'ws';
import { ClusterUnreachable, hasEnded, ServerFault, type RayJobs } from './ray-jobs.js';

/** A line is at most so long, in characters: the longest are pieces of files, of a megabyte. */
const MOST_LINE = 2 ** 24;
/** Parts of the log that wait here before the other side has to. */
const MOST_WAITING = 32;
const HANDSHAKE_MS = 60_000;

/** How long a follower waits for a head that is silent; tests have less time. */
export interface Patience {
  /** Between two questions whether the other side is still there. */
  askMs: number;
  /** First pause before a connection is made anew; each next one is twice as long, up to the last. */
  againMs: number;
  lastAgainMs: number;
  /** Without a sign of life for so long the head counts as gone. */
  goneMs: number;
}

export const PATIENCE: Patience = { askMs: 20_000, againMs: 1_000, lastAgainMs: 20_000, goneMs: 120_000 };

/**
 * The lines of a job's log from its start, as they come, until the job has ended. A connection that breaks, or on which nobody answers, is made anew.
 * @param troubled Told when the head does not answer, for as long as it is waited for.
 * @throws ClusterUnreachable when it does not answer any more. @throws JobUnknown. @throws the signal's reason.
 */
export async function* jobLines(jobs: RayJobs, name: string, signal: AbortSignal, patience = PATIENCE, troubled: (message: string) => void = () => {}): AsyncGenerator<string> {
  const text = new LogText();
  let [heard, pause, told] = [Date.now(), patience.againMs, false];
  for (;;) {
    try {
      for await (const part of tail(jobs, name, signal, patience)) {
        [heard, pause, told] = [Date.now(), patience.againMs, false];
        yield* text.add(part);
      }
      heard = Date.now();
    } catch (error) {
      if (!mayPass(error)) throw error;
    }
    // Whatever became of the line: the job may have ended, and why nobody answers is told best over HTTP.
    const trouble = await jobs.job(name, signal).then(hasEnded, (error: unknown) => error);
    if (trouble === true) break;
    if (trouble !== false) {
      if (!mayPass(trouble) || Date.now() - heard > patience.goneMs) throw trouble;
      if (!told) troubled(`${trouble.message} It is asked again until it does.`);
      told = true;
    }
    text.rewind();
    await wait(pause, undefined, { signal });
    pause = Math.min(2 * pause, patience.lastAgainMs);
  }
  // What the connection did not bring any more before it was closed.
  text.rewind();
  yield* text.add(await jobs.logs(name, signal));
  yield* text.rest();
}

/** What a head that is only busy, starting or out of reach for a while would also do. */
function mayPass(error: unknown): error is Error {
  return error instanceof ClusterUnreachable || error instanceof ServerFault;
}

/** One connection to the log, from its start to wherever it breaks off. */
async function* tail(jobs: RayJobs, name: string, signal: AbortSignal, patience: Patience): AsyncGenerator<string> {
  signal.throwIfAborted();
  const { address, headers } = jobs.tailOf(name);
  const socket = new WebSocket(address, { headers: { ...headers }, handshakeTimeout: HANDSHAKE_MS, maxPayload: 2 ** 27 });
  const parts = new Parts(socket, patience);
  const abort = () => socket.terminate();
  signal.addEventListener('abort', abort);
  try {
    yield* parts.all();
    signal.throwIfAborted();
  } catch (error) {
    throw jobs.unreachable(error);
  } finally {
    signal.removeEventListener('abort', abort);
    parts.close();
  }
}

/** Lines out of text that comes in parts, and, after a connection was made anew, from its start again. */
class LogText {
  /** Of the log, in characters: what has been read, and where the connection stands. */
  private read = 0;
  private at = 0;
  /** Of the line that has not ended. */
  private pieces: string[] = [];
  private length = 0;

  /** @throws RangeError of a line without end. */
  add(part: string): string[] {
    const fresh = part.slice(Math.max(0, this.read - this.at));
    this.at += part.length;
    this.read = Math.max(this.read, this.at);
    const [first, ...further] = fresh.split('\n');
    if (further.length === 0) return this.goOn(first);
    const whole = [this.taken() + first, ...further.slice(0, -1)];
    this.goOn(further.at(-1) ?? '');
    return whole;
  }

  private goOn(piece: string): [] {
    this.length += piece.length;
    if (this.length > MOST_LINE) throw new RangeError('The log of the job has a line without end: it is no job of this program.');
    if (piece !== '') this.pieces.push(piece);
    return [];
  }

  private taken(): string {
    const line = this.pieces.join('');
    [this.pieces, this.length] = [[], 0];
    return line;
  }

  rewind(): void {
    this.at = 0;
  }

  rest(): string[] {
    return this.length === 0 ? [] : [this.taken()];
  }
}

/** Messages of a socket as they come; where they come faster than they are read, the other side waits. */
class Parts {
  private readonly waiting: string[] = [];
  private ended = false;
  private fault: Error | undefined;
  private wake: () => void = () => undefined;
  private answered = true;
  private readonly asking: NodeJS.Timeout;

  constructor(private readonly socket: WebSocket, { askMs }: Patience) {
    socket.on('message', (data: Buffer) => this.change(() => this.waiting.push(data.toString('utf8'))));
    socket.on('pong', () => (this.answered = true));
    socket.on('error', (error) => this.change(() => (this.fault = error)));
    socket.on('close', () => this.change(() => (this.ended = true)));
    this.asking = setInterval(() => this.ask(), askMs);
  }

  async *all(): AsyncGenerator<string> {
    for (;;) {
      while (this.waiting.length > 0) {
        const part = this.waiting.shift() ?? '';
        if (this.socket.isPaused && this.waiting.length < MOST_WAITING / 2) this.socket.resume();
        yield part;
      }
      if (this.fault !== undefined) throw this.fault;
      if (this.ended) return;
      await new Promise<void>((resolve) => (this.wake = resolve));
    }
  }

  close(): void {
    clearInterval(this.asking);
    this.socket.terminate();
  }

  /** A line that nobody speaks on may be dead without a word: whoever is there answers a ping. */
  private ask(): void {
    if (this.socket.readyState !== WebSocket.OPEN || this.socket.isPaused) return;
    if (!this.answered) return this.change(() => ((this.fault = new Error('silence')), this.socket.terminate()));
    this.answered = false;
    this.socket.ping();
  }

  private change(make: () => void): void {
    this.answered = true;
    make();
    if (this.waiting.length >= MOST_WAITING && this.socket.readyState === WebSocket.OPEN) this.socket.pause();
    this.wake();
  }
}
