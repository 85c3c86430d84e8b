import { join } from 'node:path';
import { z } from 'zod';
import { UserError } from '../core/errors.js';
import { stepName } from '../core/runs/checkpoint.js';
import type { CatalogueShelf } from './catalogue-shelf.js';
import type { RunShelf } from './run-shelf.js';
import type { ServiceProcess } from './services/service-process.js';

/** A picture that a window may be shown. */
export const pictureSchema = z.object({
  /** Absolute path. */
  file: z.string(),
  type: z.enum(['image/webp', 'image/png']),
});
export type Picture = z.infer<typeof pictureSchema>;

const THUMBNAIL = /^thumbnail\/([0-9a-f]{16})\/(\d{1,9})$/;
const PREVIEW = /^preview\/([0-9a-f]{16})\/(\d{1,9})$/;

/** Finds pictures by names made of ids that the engine handed out; a name never holds a path. */
export class PictureDesk {
  constructor(
    private readonly catalogues: CatalogueShelf,
    private readonly runs: RunShelf,
    private readonly thumbnails: ServiceProcess<'thumbnails'>,
  ) {}

  /**
   * @param name `thumbnail/CATALOGUE/INDEX` or `preview/RUN/STEP`.
   * @returns undefined where there is no such picture.
   * @throws UserError where a photograph cannot be decoded.
   */
  async find(name: string): Promise<Picture | undefined> {
    const thumbnail = THUMBNAIL.exec(name);
    if (thumbnail) return this.thumbnail(thumbnail[1], Number(thumbnail[2]));
    const preview = PREVIEW.exec(name);
    return preview ? this.preview(preview[1], Number(preview[2])) : undefined;
  }

  private async thumbnail(catalogue: string, index: number): Promise<Picture | undefined> {
    const photograph = (await this.catalogues.find(catalogue))?.photograph(index);
    return photograph && { file: await this.thumbnails.call('thumbnail', photograph), type: 'image/webp' };
  }

  private async preview(run: string, step: number): Promise<Picture | undefined> {
    const folder = await this.runs.find(run).catch((error: unknown) => {
      if (error instanceof UserError) throw error;
      return undefined;
    });
    return folder === undefined ? undefined : { file: join(folder, 'previews', `${stepName(step)}.png`), type: 'image/png' };
  }
}
