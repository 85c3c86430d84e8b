import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import openInBrowser from 'open';
import { findDisplay } from '../../core/doctor/programs.js';
import { UserError } from '../../core/errors.js';
import { EngineClient } from '../../engine/engine-client.js';
import { forgetOpen, openAlready, tellOpen } from './open-elsewhere.js';
import { startWebHost } from './web-host.js';

export interface WindowOptions {
  /** Folder of photographs to show first. */
  folder?: string;
  port?: number;
  /** Open the default browser. */
  open: boolean;
  /** Told the lines that a person should read. */
  say(line: string): void;
}

const BUILT = fileURLToPath(new URL('../../../renderer', import.meta.url));
const SIGNALS = ['SIGINT', 'SIGTERM', 'SIGHUP'] as const;

/** Serves the window until it is asked to end; leaves no process behind. */
export async function openWindow({ folder, port, open, say }: WindowOptions): Promise<void> {
  if (!existsSync(join(BUILT, 'index.html'))) throw new UserError('The window is not built. Run `npm start` once, or `npm run build`.');
  const there = port === undefined ? await openAlready(folder) : undefined;
  if (there) {
    say(`Chromabench is open already at ${there}`);
    if (open && findDisplay()) await openInBrowser(there).then((process) => process.unref(), () => {});
    return;
  }
  const engine = new EngineClient(folder, { chooser: true });
  // Heard from the first moment on: once the address is told, a signal may come at any time.
  const end = asked(say, engine);
  try {
    const host = await startWebHost(engine, { port, folder: BUILT });
    say(`Chromabench is open at ${host.url}`);
    await tellOpen(host.url);
    say('Ctrl+C ends it.');
    if (open && findDisplay()) void openInBrowser(host.url).then((process) => process.unref(), () => {});
    await end;
    await host.close();
  } finally {
    await forgetOpen();
    await engine.close();
  }
}

/** Resolves at the first signal; a second one ends the engine at once. */
function asked(say: (line: string) => void, engine: EngineClient): Promise<void> {
  return new Promise((resolve) => {
    let times = 0;
    for (const signal of SIGNALS) {
      process.on(signal, () => {
        if ((times += 1) > 1) return engine.kill();
        say('Ending; running jobs put their work away. Once more ends them at once.');
        resolve();
      });
    }
  });
}
