/** The desktop program as its users start it: a real Electron under a display without a screen, in a world of its own, driven over its debugging ports. */
import { type ChildProcess, spawn } from 'node:child_process';
import { existsSync, mkdtempSync, readFileSync } from 'node:fs';
import { rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import connect, { type Client } from 'chrome-remote-interface';
import { descendants, isAlive } from '../window/served-window.js';

export const root = join(import.meta.dirname, '../../..');
const STARTED_WITHIN_MS = 60_000;
const SOON_MS = 90_000;

/** Electron's program; undefined where the tests cannot be run. */
export const electron = process.env.CHROMABENCH_ELECTRON;
/** An old Electron runs a build of its own. */
const old = electron !== undefined && Number(readIfThere(join(dirname(electron), 'version')).replace(/^v/, '').split('.')[0]) < 28;
export const script = join(root, old ? 'out/electron-9/electron/main.cjs' : 'out/electron/main.cjs');
export const canRun = electron !== undefined && existsSync(script);

function readIfThere(path: string): string {
  return existsSync(path) ? readFileSync(path, 'utf8') : '';
}

/** A display without a screen, for as long as the tests of a file run. */
export class Display {
  private constructor(private readonly child: ChildProcess, readonly name: string) {}

  static async open(): Promise<Display> {
    const child = spawn('Xvfb', ['-displayfd', '3', '-screen', '0', '1600x1000x24', '-nolisten', 'tcp'], { stdio: ['ignore', 'ignore', 'ignore', 'pipe'] });
    const number = await new Promise<string>((resolve, reject) => {
      child.once('error', reject);
      child.once('exit', (code) => reject(new Error(`Xvfb ended with ${code}.`)));
      (child.stdio[3] as NodeJS.ReadableStream).once('data', (chunk: Buffer) => resolve(String(chunk).trim()));
    });
    return new Display(child, `:${number}`);
  }

  close(): void {
    this.child.kill();
  }
}

export interface DesktopOptions {
  display: Display;
  /** Words of the command line. */
  args?: readonly string[];
  /** Temporary place of an earlier start, to start again in the same world. */
  place?: string;
  /** Another program than Electron with the built script: a packaged one. */
  program?: string;
}

export class Desktop {
  private constructor(private readonly child: ChildProcess, readonly place: string, readonly page: Client, readonly main: Client) {}

  static async start(options: DesktopOptions): Promise<Desktop> {
    const place = options.place ?? mkdtempSync(join(tmpdir(), 'chromabench-desktop-'));
    const child = launch(options, place, ['--remote-debugging-port=0', '--inspect=0']);
    const log = new Log(child);
    const [pagePort, mainPort] = [await log.port(/DevTools listening on ws:\/\/127\.0\.0\.1:(\d+)/), await log.port(/Debugger listening on ws:\/\/127\.0\.0\.1:(\d+)/)];
    const main = await connect({ port: mainPort });
    const page = await pageAt(pagePort);
    return new Desktop(child, place, page, main);
  }

  get pid(): number {
    return this.child.pid as number;
  }

  get hasEnded(): boolean {
    return this.child.exitCode !== null || this.child.signalCode !== null;
  }

  /** What an expression gives in the page. */
  async inPage<T = unknown>(expression: string): Promise<T> {
    return evaluated(await this.page.Runtime.evaluate({ expression, awaitPromise: true, returnByValue: true }));
  }

  /** What an expression gives in the main process; `electron` is Electron's module there. */
  async inMain<T = unknown>(expression: string): Promise<T> {
    const wrapped = `(async () => { const electron = process.mainModule.require('electron'); const [window] = electron.BrowserWindow.getAllWindows(); return ${expression}; })()`;
    return evaluated(await this.main.Runtime.evaluate({ expression: wrapped, awaitPromise: true, returnByValue: true }));
  }

  /** Resolves when the page shows a text. */
  see(text: string | RegExp): Promise<void> {
    const test = typeof text === 'string' ? `.includes(${JSON.stringify(text)})` : `.match(${text})`;
    return this.until(`document.body.innerText${test}`, `the page to show ${text}`);
  }

  /** Resolves when an expression holds in the page. */
  async until(expression: string, what: string): Promise<void> {
    for (const end = Date.now() + SOON_MS; Date.now() < end; await pause(100)) {
      if (await this.inPage<boolean>(`Boolean(${expression})`).catch(() => false)) return;
    }
    throw new Error(`Waited in vain for ${what}. The page shows:\n${await this.inPage<string>('document.body.innerText').catch(() => 'nothing')}`);
  }

  /** Clicks with the mouse on what is named so: its label, its text. */
  async click(name: string, selector = 'button, a, [role=option], [role=menuitem], [role=combobox], summary, label'): Promise<void> {
    const find = `[...document.querySelectorAll(${JSON.stringify(selector)})].find((element) => element.getClientRects().length && !element.disabled
      && [element.getAttribute('aria-label'), element.textContent.trim()].includes(${JSON.stringify(name)}))`;
    await this.until(find, `${name} to be there`);
    const { x, y } = await this.inPage<{ x: number; y: number }>(
      `(() => { const element = ${find}; element.scrollIntoView({ block: 'nearest' }); const { x, y, width, height } = element.getBoundingClientRect(); return { x: x + width / 2, y: y + height / 2 }; })()`,
    );
    for (const type of ['mouseMoved', 'mousePressed', 'mouseReleased'] as const) {
      await this.page.Input.dispatchMouseEvent({ type, x, y, button: type === 'mouseMoved' ? 'none' : 'left', clickCount: 1 });
    }
  }

  /** Types into a field, in place of what is there. */
  async fill(label: string, text: string): Promise<void> {
    const field = `document.querySelector('input[aria-label=${JSON.stringify(label)}], [aria-label=${JSON.stringify(label)}] input')`;
    await this.until(field, `the field ${label}`);
    await this.inPage(`(${field}.focus(), ${field}.select())`);
    await this.page.Input.insertText({ text });
    await this.inPage(`${field}.blur()`);
  }

  /** Waits until the program has gone. */
  async ended(withinMs = SOON_MS): Promise<number | null> {
    // A program under a debugger waits for it before it goes.
    await Promise.allSettled([this.main.close(), this.page.close()]);
    for (const end = Date.now() + withinMs; Date.now() < end && !this.hasEnded; await pause(50));
    if (!this.hasEnded) throw new Error('The program did not end.');
    return this.child.exitCode;
  }

  kill(signal: NodeJS.Signals = 'SIGKILL'): void {
    if (!this.hasEnded) this.child.kill(signal);
  }

  /** Ends the program at once, whatever it does, and removes its place. */
  async remove(): Promise<void> {
    const processes = this.hasEnded ? [] : descendants(this.pid);
    this.kill();
    await this.ended();
    // They write into the place until they notice.
    for (const end = Date.now() + SOON_MS; Date.now() < end && processes.some(isAlive); await pause(100));
    await rm(this.place, { recursive: true, force: true, maxRetries: 10, retryDelay: 200 });
  }
}

/** Starts the program in a place; with no ports to drive it by, as a second start. */
export function launch({ display, args = [], program }: DesktopOptions, place: string, ports: readonly string[] = []): ChildProcess {
  const inside = (name: string) => join(place, name);
  // As root this Electron runs without its sandbox only.
  const sandbox = process.getuid?.() === 0 ? ['--no-sandbox'] : [];
  return spawn(program ?? (electron as string), [...sandbox, ...ports, ...(program ? [] : [script]), ...args], {
    env: {
      ...process.env, DISPLAY: display.name, CHROMABENCH_NODE: process.execPath, CHROMABENCH_SETTINGS: inside('settings'), CHROMABENCH_RUNS: inside('runs'),
      CHROMABENCH_CACHE: inside('cache'), XDG_DATA_HOME: inside('data'), XDG_CONFIG_HOME: inside('config'),
    },
    stdio: ['ignore', 'pipe', 'pipe'],
  });
}

/** What the program writes, read for the addresses of its ports. */
class Log {
  private text = '';

  constructor(private readonly child: ChildProcess) {
    for (const stream of [child.stdout, child.stderr]) stream?.setEncoding('utf8').on('data', (chunk: string) => (this.text += chunk));
  }

  async port(line: RegExp): Promise<number> {
    for (const end = Date.now() + STARTED_WITHIN_MS; Date.now() < end; await pause(50)) {
      const port = line.exec(this.text)?.[1];
      if (port) return Number(port);
      if (this.child.exitCode !== null) break;
    }
    throw new Error(`The program did not come up:\n${this.text}`);
  }
}

async function pageAt(port: number): Promise<Client> {
  for (const end = Date.now() + STARTED_WITHIN_MS; Date.now() < end; await pause(100)) {
    const target = (await connect.List({ port })).find(({ type, url }) => type === 'page' && url.startsWith('chromabench:'));
    if (target) return connect({ port, target });
  }
  throw new Error('The window did not open.');
}

function evaluated<T>({ result, exceptionDetails }: { result: { value?: unknown }; exceptionDetails?: { text: string; exception?: { description?: string } } }): T {
  if (exceptionDetails) throw new Error(exceptionDetails.exception?.description ?? exceptionDetails.text);
  return result.value as T;
}

export function pause(ms: number): Promise<void> {
  return new Promise((resolve) => setTimeout(resolve, ms));
}
