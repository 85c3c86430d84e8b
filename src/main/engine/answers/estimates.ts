import { estimateOf } from '../../core/estimating/estimate.js';
import { catalogueLesson } from '../../core/estimating/catalogue-lesson.js';
import { readSpeeds } from '../../core/estimating/speed-records.js';
import type { CatalogueShelf } from '../catalogue-shelf.js';
import type { Answers } from './answers.js';

export function estimatesAnswers(shelf: CatalogueShelf): Answers<'estimateTraining'> {
  return {
    estimateTraining: async ({ catalogue, config }) => estimateOf(config, await catalogueLesson(await shelf.demand(catalogue), config), await readSpeeds()),
  };
}
