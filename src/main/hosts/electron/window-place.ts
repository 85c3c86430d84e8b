import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { z } from 'zod';
import { ensureFolder, writeJsonWhole } from '../../core/files.js';
import { settingsFolder } from '../../core/user-folders.js';

const box = { x: z.int(), y: z.int(), width: z.int().min(400).max(20_000), height: z.int().min(300).max(20_000) };
const placeSchema = z.object({ ...box, maximized: z.boolean() });

/** Where the window stood, in the screen's own units. */
export type WindowPlace = z.infer<typeof placeSchema>;
export type Box = Pick<WindowPlace, 'x' | 'y' | 'width' | 'height'>;

const FIRST_SIZE = { width: 1440, height: 900 };
/** So much of the window must be seen to take hold of it. */
const HANDLE = { width: 200, height: 60 };

/**
 * Where the window opens: where it stood, if a screen is still there, at most as large as that screen; else in the middle of the first.
 * @param screens The parts of the screens that no task bar takes, the main one first.
 */
export function placeOn(screens: readonly Box[], saved: WindowPlace | undefined): WindowPlace {
  const screen = saved && screens.find((candidate) => isHeld(candidate, saved));
  if (!screen) return { ...centred(screens[0]), maximized: saved?.maximized ?? false };
  const [width, height] = [Math.min(saved.width, screen.width), Math.min(saved.height, screen.height)];
  return {
    x: clamp(saved.x, screen.x, screen.x + screen.width - width),
    y: clamp(saved.y, screen.y, screen.y + screen.height - height),
    width, height, maximized: saved.maximized,
  };
}

/** Whether the upper edge of a window, which one takes hold of, is on a screen. */
function isHeld(screen: Box, { x, y, width }: Box): boolean {
  const seen = Math.min(x + width, screen.x + screen.width) - Math.max(x, screen.x);
  return seen >= HANDLE.width && y >= screen.y - HANDLE.height && y <= screen.y + screen.height - HANDLE.height;
}

function centred(screen: Box): Box {
  const [width, height] = [Math.min(FIRST_SIZE.width, screen.width), Math.min(FIRST_SIZE.height, screen.height)];
  return { x: screen.x + Math.round((screen.width - width) / 2), y: screen.y + Math.round((screen.height - height) / 2), width, height };
}

function clamp(value: number, low: number, high: number): number {
  return Math.max(low, Math.min(high, value));
}

function path(): string {
  return join(settingsFolder(), 'window.json');
}

/** What was kept; undefined where nothing was, or it cannot be read: nobody is kept out by it. */
export function keptPlace(): WindowPlace | undefined {
  try {
    return placeSchema.safeParse(JSON.parse(readFileSync(path(), 'utf8'))).data;
  } catch {
    return undefined;
  }
}

export async function keepPlace(place: WindowPlace): Promise<void> {
  await ensureFolder(settingsFolder());
  await writeJsonWhole(path(), place);
}
