/** The photographs that come with the program, split by source picture into those to learn from and those held out. */
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { z } from 'zod';
import { PROGRAM_FOLDER } from '../program-folder.js';

export const BUILT_IN = join(PROGRAM_FOLDER, 'resources', 'photographs');
export const TRAINING_FOLDER = join(BUILT_IN, 'training');
export const HELD_OUT_FOLDER = join(BUILT_IN, 'held-out');

const creditsSchema = z.object({
  photographs: z.array(z.object({ file: z.string(), title: z.string(), author: z.string(), licence: z.string() })),
});

/** `Picos de Europa · Author · CC-BY-4.0` by the photograph's path below the folder of built-in ones. */
export async function creditLines(): Promise<Map<string, string>> {
  const credits = creditsSchema.parse(JSON.parse(await readFile(join(BUILT_IN, 'credits.json'), 'utf8')));
  return new Map(credits.photographs.map(({ file, title, author, licence }) => [file, `${title} · ${author} · ${licence}`]));
}
