/** The pictures that a comparison of activations is made with. */
import { createHash } from 'node:crypto';
import { fileURLToPath } from 'node:url';
import type { ActivationsConfig } from '../../../../shared/labs/activations/config.js';
import { UserError } from '../../errors.js';
import type { JobContext } from '../../job.js';
import { readCifar } from './cifar.js';
import { readMnist } from './idx.js';
import { limited, type ImageData } from './image-set.js';
import { readPictures } from './picture-folder.js';

/** Handwritten digits that come with the program. */
const DIGITS = fileURLToPath(new URL('../../../../../resources/digits', import.meta.url));

/** @throws UserError when the pictures are missing, damaged or too few. */
export async function readImages(config: Pick<ActivationsConfig, 'seed' | 'data'>, context: JobContext): Promise<ImageData> {
  const { classes, training, test } = await readAll(config, context);
  return { classes, training: limited(training, config.data.training), test: limited(test, config.data.test) };
}

function readAll(config: Pick<ActivationsConfig, 'seed' | 'data'>, context: JobContext): Promise<ImageData> {
  const { kind, folder } = config.data;
  if (kind === 'digits') return readMnist(DIGITS);
  if (folder === null) throw new UserError(`data.kind is ${kind}, but no folder is named: set data.folder to the folder that holds the files.`);
  if (kind === 'mnist') return readMnist(folder);
  return kind === 'cifar' ? readCifar(folder) : readPictures(folder, config, context);
}

/** Identifies exactly these pictures: a comparison that is taken up again must find the same ones. */
export function fingerprint({ training, test }: ImageData): string {
  const hash = createHash('sha256');
  for (const { pixels, labels } of [training, test]) hash.update(pixels).update(labels);
  return hash.digest('hex');
}
