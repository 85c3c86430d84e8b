/**
 * One window's host for a person is enough: the first writes down where it is open, and a second start leads there.
 * The file is the person's own and holds the launch token, as the address does that the program prints.
 */
import { mkdir, readFile, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { z } from 'zod';
import { settingsFolder } from '../../core/user-folders.js';

const openSchema = z.object({ pid: z.int().positive(), url: z.string().regex(/^http:\/\/127\.0\.0\.1:\d+\/\?token=[\w-]+$/) });
const ANSWERS_WITHIN_MS = 2_000;

function place(): string {
  return join(settingsFolder(), 'window-open.json');
}

/** Writes down where this process serves the window. A place that cannot be written only means that a second start opens another. */
export async function tellOpen(url: string): Promise<void> {
  await mkdir(settingsFolder(), { recursive: true }).catch(() => {});
  await writeFile(place(), JSON.stringify({ pid: process.pid, url }), { mode: 0o600 }).catch(() => {});
}

export async function forgetOpen(): Promise<void> {
  if ((await read())?.pid === process.pid) await rm(place(), { force: true });
}

/**
 * Address of the window that is open already; undefined where none answers.
 * @param folder Folder of photographs to show there.
 */
export async function openAlready(folder: string | undefined): Promise<string | undefined> {
  const there = await read();
  if (!there) return undefined;
  const { origin, searchParams } = new URL(there.url);
  const answer = await fetch(`${origin}/open`, {
    method: 'POST', body: JSON.stringify({ folder }), signal: AbortSignal.timeout(ANSWERS_WITHIN_MS),
    headers: { 'Authorization': `Bearer ${searchParams.get('token')}`, 'Content-Type': 'application/json' },
  }).catch(() => undefined);
  if (!answer?.ok) return undefined;
  return folder === undefined ? there.url : `${there.url}#/photographs?open=${encodeURIComponent(folder)}`;
}

async function read(): Promise<z.infer<typeof openSchema> | undefined> {
  try {
    return openSchema.parse(JSON.parse(await readFile(place(), 'utf8')));
  } catch {
    return undefined;
  }
}
