/** Pictures made while training: the same photographs as they stood at a step. */
import { readdir } from 'node:fs/promises';
import { join } from 'node:path';

export interface Preview {
  step: number;
  /** Path of a PNG: a row a photograph, gray, colorized and true side by side. */
  file: string;
}

/** Previews of a run by ascending step. */
export async function listPreviews(run: string): Promise<Preview[]> {
  const folder = join(run, 'previews');
  const names = await readdir(folder).catch(() => []);
  return names
    .map((name) => ({ step: Number(/^step-(\d+)\.png$/.exec(name)?.[1] ?? NaN), file: join(folder, name) }))
    .filter(({ step }) => !Number.isNaN(step))
    .sort((x, y) => x.step - y.step);
}
