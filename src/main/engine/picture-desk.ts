import { join } from 'node:path';
import { z } from 'zod';
import { UserError } from '../core/errors.js';
import { evaluationFolder } from '../core/evaluation/kept-evaluations.js';
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
const EVALUATION = /^evaluation\/([0-9a-f]{16})\/(\d{8}-\d{6}-[0-9a-f]{4})\/([a-z0-9-]+\.webp)$/;
const PREVIEW = /^preview\/([0-9a-f]{16})\/(\d{1,9})$/;

/** Finds pictures by names made of ids that the engine handed out; a name never holds a path. */
export class PictureDesk {
  constructor(
    private readonly catalogues: CatalogueShelf,
    private readonly runs: RunShelf,
    private readonly thumbnails: ServiceProcess<'thumbnails'>,
  ) {}

  /**
   * @param name `thumbnail/CATALOGUE/INDEX`, `preview/RUN/STEP` or `evaluation/RUN/EVALUATION/STRIP`.
   * @returns undefined where there is no such picture.
   * @throws UserError where a photograph cannot be decoded.
   */
  async find(name: string): Promise<Picture | undefined> {
    const thumbnail = THUMBNAIL.exec(name);
    if (thumbnail) return this.thumbnail(thumbnail[1], Number(thumbnail[2]));
    const preview = PREVIEW.exec(name);
    if (preview) return this.preview(preview[1], Number(preview[2]));
    const strip = EVALUATION.exec(name);
    return strip ? this.strip(strip[1], strip[2], strip[3]) : undefined;
  }

  private async thumbnail(catalogue: string, index: number): Promise<Picture | undefined> {
    const photograph = (await this.catalogues.find(catalogue))?.photograph(index);
    return photograph && { file: await this.thumbnails.call('thumbnail', photograph), type: 'image/webp' };
  }

  private async preview(run: string, step: number): Promise<Picture | undefined> {
    const folder = await this.folderOf(run);
    return folder === undefined ? undefined : { file: join(folder, 'previews', `${stepName(step)}.png`), type: 'image/png' };
  }

  private async strip(run: string, evaluation: string, name: string): Promise<Picture | undefined> {
    const folder = await this.folderOf(run);
    return folder === undefined ? undefined : { file: join(evaluationFolder(folder, evaluation), name), type: 'image/webp' };
  }

  /** Folder of a run; undefined where no run of that id was handed out. */
  private folderOf(run: string): Promise<string | undefined> {
    return this.runs.find(run).catch((error: unknown) => {
      if (error instanceof UserError) throw error;
      return undefined;
    });
  }
}
