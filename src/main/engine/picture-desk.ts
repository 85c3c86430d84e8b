import { join } from 'node:path';
import { z } from 'zod';
import { PICTURE_FORMATS, type PictureFormat } from '../../shared/contract/kinds/colorize.js';
import { temperature } from '../../shared/contract/kinds/trained.js';
import { LIVE_SIZES, LIVE_VIEWS, type LiveSize, type LiveView } from '../../shared/contract/live-view.js';
import { UserError } from '../core/errors.js';
import { evaluationFolder } from '../core/evaluation/kept-evaluations.js';
import { HARDEST_PICTURE } from '../core/labs/activations/hardest-name.js';
import { stepName } from '../core/runs/checkpoint.js';
import { bytesSchema } from './bytes.js';
import type { CatalogueShelf } from './catalogue-shelf.js';
import type { Gatherings } from './gatherings.js';
import type { HintNames } from './hint-names.js';
import type { LabShelf } from './lab-shelf.js';
import type { RunShelf } from './run-shelf.js';
import type { ServiceProcess } from './services/service-process.js';

const type = z.enum(['image/webp', 'image/png', 'image/jpeg', 'image/tiff']);

/** A picture that a window may be shown: a file, or the bytes themselves. */
export const pictureSchema = z.union([
  z.object({
    /** Absolute path. */
    file: z.string(),
    type,
  }),
  z.object({
    bytes: bytesSchema,
    type,
    /** Its name will never stand for another picture. */
    immutable: z.boolean(),
  }),
]);
export type Picture = z.infer<typeof pictureSchema>;

/** Parts that the name leaves out are undefined, whatever their type says. */
type Maker = (...parts: string[]) => Promise<Picture | undefined>;

const ID = '([0-9a-f]{16})';
const NUMBER = String.raw`(\d{1,9})`;
const TEMPERATURE = String.raw`(\d{1,3}(?:\.\d{1,6})?)`;
/** Of colour hints; nothing where there are none. */
const HINTS = '(?:/([0-9a-f]{16}))?';
const SHOWN = `${ID}/${NUMBER}/${ID}/${NUMBER}`;
const TYPES: Readonly<Record<PictureFormat, z.infer<typeof type>>> = { png: 'image/png', jpeg: 'image/jpeg', webp: 'image/webp', tiff: 'image/tiff' };

/** Finds pictures by names made of ids that the engine handed out; a name never holds a path. */
export class PictureDesk {
  /** Patterns of names, and what makes the picture from their parts. */
  private readonly makers: readonly (readonly [RegExp, Maker])[] = [
    /** thumbnail/CATALOGUE/INDEX */
    [new RegExp(`^thumbnail/${ID}/${NUMBER}$`), (catalogue, index) => this.thumbnail(catalogue, Number(index))],
    /** photograph/CATALOGUE/INDEX: large */
    [new RegExp(`^photograph/${ID}/${NUMBER}$`), (catalogue, index) => this.view(catalogue, Number(index))],
    /** excluded/CATALOGUE/INDEX: thumbnail of a picture that is not used */
    [new RegExp(`^excluded/${ID}/${NUMBER}$`), (catalogue, index) => this.excluded(catalogue, Number(index))],
    /** preview/RUN/STEP */
    [new RegExp(`^preview/${ID}/${NUMBER}$`), (run, step) => this.preview(run, Number(step))],
    /** evaluation/RUN/EVALUATION/STRIP */
    [new RegExp(String.raw`^evaluation/${ID}/(\d{8}-\d{6}-[0-9a-f]{4})/([a-z0-9-]+\.webp)$`), (run, evaluation, name) => this.strip(run, evaluation, name)],
    /** lab/LAB/hardest: test pictures most often taken for something else */
    [new RegExp(`^lab/${ID}/hardest$`), (lab) => this.hardest(lab)],
    /** colorized/thumbnail/SET/INDEX */
    [new RegExp(`^colorized/thumbnail/${ID}/${NUMBER}$`), (set, index) => this.gathered(set, Number(index))],
    /** colorized/RUN/STEP/SET/INDEX/VIEW/SIZE/TEMPERATURE/HINTS */
    [new RegExp(`^colorized/${SHOWN}/(${LIVE_VIEWS.join('|')})/(${LIVE_SIZES.join('|')})/${TEMPERATURE}${HINTS}$`),
      (run, step, set, index, view, size, at, hints) => this.colorized({ run, step, set, index, at, hints }, view as LiveView, size as LiveSize)],
    /** colorized/RUN/STEP/SET/INDEX/file/FORMAT/TEMPERATURE/HINTS */
    [new RegExp(`^colorized/${SHOWN}/file/(${PICTURE_FORMATS.join('|')})/${TEMPERATURE}${HINTS}$`),
      (run, step, set, index, format, at, hints) => this.file({ run, step, set, index, at, hints }, format as PictureFormat)],
  ];

  constructor(
    private readonly catalogues: CatalogueShelf,
    private readonly runs: RunShelf,
    private readonly labs: LabShelf,
    private readonly gatherings: Gatherings,
    private readonly hints: HintNames,
    private readonly services: { thumbnails: ServiceProcess<'thumbnails'>; colorizer: ServiceProcess<'colorizer'> },
  ) {}

  /**
   * @returns undefined where there is no such picture.
   * @throws UserError where a photograph cannot be decoded, or the weights cannot be opened.
   */
  async find(name: string): Promise<Picture | undefined> {
    for (const [pattern, make] of this.makers) {
      const parts = pattern.exec(name);
      if (parts) return make(...parts.slice(1));
    }
    return undefined;
  }

  private async thumbnail(catalogue: string, index: number): Promise<Picture | undefined> {
    const photograph = (await this.catalogues.find(catalogue))?.photograph(index);
    return photograph && { file: await this.services.thumbnails.call('thumbnail', photograph), type: 'image/webp' };
  }

  private async view(catalogue: string, index: number): Promise<Picture | undefined> {
    const photograph = (await this.catalogues.find(catalogue))?.photograph(index);
    return photograph && { file: await this.services.thumbnails.call('view', photograph), type: 'image/webp' };
  }

  private async excluded(catalogue: string, index: number): Promise<Picture | undefined> {
    const path = (await this.catalogues.find(catalogue))?.excludedPath(index);
    return path === undefined ? undefined : { file: await this.services.thumbnails.call('thumbnailOfFile', { path }), type: 'image/webp' };
  }

  private async preview(run: string, step: number): Promise<Picture | undefined> {
    const folder = await folderOn(this.runs, run);
    return folder === undefined ? undefined : { file: join(folder, 'previews', `${stepName(step)}.png`), type: 'image/png' };
  }

  private async strip(run: string, evaluation: string, name: string): Promise<Picture | undefined> {
    const folder = await folderOn(this.runs, run);
    return folder === undefined ? undefined : { file: join(evaluationFolder(folder, evaluation), name), type: 'image/webp' };
  }

  private async hardest(lab: string): Promise<Picture | undefined> {
    const folder = await folderOn(this.labs, lab);
    return folder === undefined ? undefined : { file: join(folder, HARDEST_PICTURE), type: 'image/png' };
  }

  private async gathered(set: string, index: number): Promise<Picture | undefined> {
    const path = this.gatherings.path(set, index);
    return path === undefined ? undefined : { file: await this.services.thumbnails.call('thumbnailOfFile', { path }), type: 'image/webp' };
  }

  private async colorized(shown: Shown, view: LiveView, size: LiveSize): Promise<Picture | undefined> {
    const call = await this.shown(shown);
    return call && { bytes: await this.services.colorizer.call('picture', { ...call, view, size }), type: 'image/png', immutable: false };
  }

  private async file(shown: Shown, format: PictureFormat): Promise<Picture | undefined> {
    const call = await this.shown(shown);
    return call && { bytes: await this.services.colorizer.call('file', { ...call, format }), type: TYPES[format], immutable: false };
  }

  private async shown({ run, step, set, index, at, hints: named }: Shown) {
    const [folder, path, allowed] = [await folderOn(this.runs, run), this.gatherings.path(set, Number(index)), temperature.safeParse(Number(at))];
    const hints = named === undefined ? [] : this.hints.find(named);
    if (folder === undefined || path === undefined || !allowed.success || !hints) return undefined;
    return { run: folder, step: Number(step), path, temperature: allowed.data, hints: [...hints] };
  }
}

/** Folder of a run; undefined where no run of that id was handed out. */
function folderOn(shelf: Pick<RunShelf | LabShelf, 'find'>, id: string): Promise<string | undefined> {
  return shelf.find(id).catch((error: unknown) => {
    if (error instanceof UserError) throw error;
    return undefined;
  });
}

/** Parts of a name: a photograph beside the weights of a run's step, at a temperature, perhaps with hints. */
interface Shown {
  run: string;
  step: string;
  set: string;
  index: string;
  at: string;
  hints?: string;
}
