import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll } from 'vitest';

const made: string[] = [];

/** A new folder that goes away when the tests of the file are through. */
export async function temporaryFolder(name: string): Promise<string> {
  const folder = await mkdtemp(join(tmpdir(), `chromabench-${name}-`));
  made.push(folder);
  return folder;
}

// Also what a test moved beside its folder.
afterAll(async () => {
  for (const folder of made) await Promise.all([folder, `${folder}-away`].map((place) => rm(place, { recursive: true, force: true })));
});
