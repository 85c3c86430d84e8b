/** The window as its users start it: the built program in a process of its own, in a world of its own. */
import { type ChildProcess, spawn } from 'node:child_process';
import { mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { WebSocket } from 'ws';

const root = join(import.meta.dirname, '../../..');
const STARTED_WITHIN_MS = 60_000;

export class ServedWindow {
  private constructor(
    private readonly child: ChildProcess,
    /** Temporary place for cache, settings and runs. */
    readonly place: string,
    /** Address with the launch token. */
    readonly url: string,
  ) {}

  /** @param place Of an earlier one, to start again in its world. */
  static async start(args: readonly string[] = [], place = mkdtempSync(join(tmpdir(), 'chromabench-window-'))): Promise<ServedWindow> {
    const child = spawn(process.execPath, [join(root, 'bin/chromabench.mjs'), 'window', '--no-open', ...args], {
      env: { ...process.env, ...surroundingsIn(place) },
      stdio: ['ignore', 'pipe', 'inherit'],
    });
    return new ServedWindow(child, place, await printedAddress(child));
  }

  /** What its environment adds. */
  get surroundings(): Record<string, string> {
    return surroundingsIn(this.place);
  }

  get origin(): string {
    return new URL(this.url).origin;
  }

  get port(): number {
    return Number(new URL(this.url).port);
  }

  get pid(): number {
    return this.child.pid as number;
  }

  /** What a page gets on its first load: a cookie, and the path below which the window lies. */
  async admitted(): Promise<{ cookie: string; base: string }> {
    const { headers } = await fetch(this.url, { redirect: 'manual' });
    return { cookie: (headers.get('set-cookie') as string).split(';')[0], base: headers.get('location') as string };
  }

  /** A socket as a page opens it; headers given replace a page's own. */
  async socket(headers: Record<string, string> = {}): Promise<WebSocket> {
    const { cookie, base } = await this.admitted();
    return new WebSocket(`ws://127.0.0.1:${this.port}${base}door`, { headers: { Origin: this.origin, Cookie: cookie, ...headers } });
  }

  /** Whether the engine answers a page. */
  async isWell(): Promise<boolean> {
    const socket = await this.socket();
    try {
      await opened(socket);
      const reply = answerTo(socket, 1);
      socket.send(JSON.stringify({ type: 'request', id: 1, name: 'listJobs', body: {} }));
      return JSON.stringify(await reply) === JSON.stringify({ type: 'reply', id: 1, reply: [] });
    } finally {
      socket.terminate();
    }
  }

  /** Ends the program as Ctrl+C does. @returns Its exit code. */
  async stop(signal: NodeJS.Signals = 'SIGINT'): Promise<number | null> {
    if (this.child.exitCode !== null || this.child.signalCode !== null) return this.child.exitCode;
    const ended = new Promise<number | null>((resolve) => this.child.once('exit', resolve));
    this.child.kill(signal);
    return ended;
  }

  remove(): void {
    rmSync(this.place, { recursive: true, force: true });
  }
}

function surroundingsIn(place: string): Record<string, string> {
  const inside = (name: string) => join(place, name);
  return { CHROMABENCH_CACHE: inside('cache'), CHROMABENCH_SETTINGS: inside('settings'), CHROMABENCH_RUNS: inside('runs'), XDG_DATA_HOME: inside('data') };
}

function printedAddress(child: ChildProcess): Promise<string> {
  return new Promise((resolve, reject) => {
    let text = '';
    const late = setTimeout(() => reject(new Error(`No address was printed: ${text}`)), STARTED_WITHIN_MS);
    child.once('exit', (code) => reject(new Error(`It ended with ${code}: ${text}`)));
    child.stdout?.setEncoding('utf8').on('data', (chunk: string) => {
      text += chunk;
      const url = /http:\/\/\S+/.exec(text)?.[0];
      if (!url) return;
      clearTimeout(late);
      resolve(url);
    });
  });
}

/** Resolves when a socket is open; rejects with the status that refused it. */
export function opened(socket: WebSocket): Promise<void> {
  return new Promise((resolve, reject) => {
    socket.once('open', resolve);
    socket.once('unexpected-response', (_request, response) => reject(new Error(String(response.statusCode))));
    socket.once('error', reject);
  });
}

/** The message that answers a request. */
export function answerTo(socket: WebSocket, id: number): Promise<unknown> {
  return new Promise((resolve) => {
    socket.on('message', (data) => {
      const message = JSON.parse(String(data)) as { id?: number };
      if (message.id === id) resolve(message);
    });
  });
}

/** The code that a socket is closed with. */
export function closed(socket: WebSocket): Promise<number> {
  return new Promise((resolve) => {
    socket.once('close', resolve);
    socket.on('error', () => {});
  });
}

/** Numbers of the processes below a process, all generations (Linux). */
export function descendants(pid: number): number[] {
  const parents = new Map<number, number>();
  for (const name of readdirSync('/proc').filter((entry) => /^\d+$/.test(entry))) {
    try {
      const stat = readFileSync(`/proc/${name}/stat`, 'utf8');
      parents.set(Number(name), Number(stat.slice(stat.lastIndexOf(')') + 2).split(' ')[1]));
    } catch {
      // It has ended meanwhile.
    }
  }
  const found = [pid];
  for (const parent of found) for (const [child, its] of parents) if (its === parent) found.push(child);
  return found.slice(1);
}

export function isAlive(pid: number): boolean {
  try {
    process.kill(pid, 0);
    return true;
  } catch {
    return false;
  }
}
