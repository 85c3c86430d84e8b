import { constants } from 'node:fs';
import { access, readFile } from 'node:fs/promises';
import { delimiter, join } from 'node:path';
import { askProgram } from './program.js';

const SECONDS_TO_ANSWER = 10;
const BROWSERS = ['chromium', 'chromium-browser', 'google-chrome', 'google-chrome-stable', 'chrome'];
const MAC_BROWSERS = ['/Applications/Google Chrome.app/Contents/MacOS/Google Chrome', '/Applications/Chromium.app/Contents/MacOS/Chromium'];
const WINDOWS_BROWSER = ['Google', 'Chrome', 'Application', 'chrome.exe'];

/** A Chromium or Chrome that can show the workbench. */
export async function findBrowser(): Promise<{ path?: string; version?: string }> {
  const path = await firstProgram(browserPlaces());
  if (!path) return {};
  // On Windows the question opens a window instead of answering.
  const answer = process.platform === 'win32' ? undefined : await askProgram(path, ['--version'], SECONDS_TO_ANSWER);
  const version = /[\d.]{3,}/.exec(answer?.stdout ?? '')?.[0];
  return { path, ...(version && { version }) };
}

function browserPlaces(): string[] {
  const { PATH = '', ProgramFiles } = process.env;
  const onPath = PATH.split(delimiter).filter(Boolean);
  const named = BROWSERS.flatMap((name) => onPath.map((folder) => join(folder, name)));
  if (process.platform === 'darwin') return [...named, ...MAC_BROWSERS];
  if (process.platform === 'win32' && ProgramFiles) return [join(ProgramFiles, ...WINDOWS_BROWSER)];
  return named;
}

async function firstProgram(places: readonly string[]): Promise<string | undefined> {
  for (const place of places) {
    const found = await access(place, constants.X_OK).then(() => true, () => false);
    if (found) return place;
  }
  return undefined;
}

/** Version of Electron where the package and its program are both there: its package can be installed without the program. */
export async function findElectron(folder: string): Promise<{ version?: string }> {
  const home = join(folder, 'node_modules', 'electron');
  try {
    const program = await readFile(join(home, 'path.txt'), 'utf8');
    await access(join(home, 'dist', program.trim()), constants.X_OK);
    const { version } = JSON.parse(await readFile(join(home, 'package.json'), 'utf8')) as { version: string };
    return { version };
  } catch {
    return {};
  }
}

/** Names of NVIDIA's graphics processors, as their own tool tells them. */
export async function findGpus(): Promise<string[]> {
  const answer = await askProgram('nvidia-smi', ['--query-gpu=name', '--format=csv,noheader'], SECONDS_TO_ANSWER);
  return answer?.code === 0 ? answer.stdout.split('\n').map((line) => line.trim()).filter(Boolean) : [];
}

/** What windows would be shown on. */
export function findDisplay(platform: NodeJS.Platform = process.platform, environment: NodeJS.ProcessEnv = process.env): string | undefined {
  if (platform === 'darwin' || platform === 'win32') return "the system's own";
  if (environment.WAYLAND_DISPLAY) return `Wayland ${environment.WAYLAND_DISPLAY}`;
  return environment.DISPLAY ? `X11 ${environment.DISPLAY}` : undefined;
}
