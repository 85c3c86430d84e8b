/** What a run is not good for, as far as its figures say it; nothing is added to them. */
import { vividness } from '../../../../shared/colour/metrics.js';
import type { EvaluationFile } from '../../../../shared/run/evaluation.js';
import { capital, counted, decimal } from '../../../../shared/words/words.js';
import { subjectName } from './subject-name.js';

/** Differences of AuC that round to nothing are none, points. */
const EQUAL = 0.05;
/** Vividness within which pictures pass for as vivid as the photographs. */
const VIVID = { least: 0.8, most: 1.25 };
/** Points of rebalanced AuC that old scans may lose. */
const MOST_LOST = 1;
/** Photographs below which one more could turn the figures round. */
const FEW = 30;

/** A sentence each; none where the figures name nothing. */
export function notGoodFor(evaluation: EvaluationFile): string[] {
  return [...asWhole(evaluation), ...subjects(evaluation), ...colours(evaluation), ...vividPictures(evaluation), ...oldScans(evaluation), ...conclusions(evaluation)];
}

function asWhole({ auc, aucRebalanced, baselines: { gray } }: EvaluationFile): string[] {
  return [
    ...(auc < gray.auc - EQUAL ? [`Colours that are right on the whole: leaving photographs gray comes nearer (AuC ${against(auc, gray.auc)}).`] : []),
    ...(aucRebalanced < gray.aucRebalanced - EQUAL ? [`Rare colours: leaving photographs gray comes nearer (rebalanced AuC ${against(aucRebalanced, gray.aucRebalanced)}).`] : []),
  ];
}

function subjects({ subjects: measured = [] }: EvaluationFile): string[] {
  return measured.filter(({ auc, grayAuc }) => auc < grayAuc - EQUAL)
    .map(({ name, photos, auc, grayAuc }) => `The subject ${subjectName(name)} (${counted(photos, 'photograph')}): leaving it gray comes nearer (AuC ${against(auc, grayAuc)}).`);
}

/** What is gray in truth is left out: nothing comes nearer to it than gray. */
function colours({ colours: measured = [] }: EvaluationFile): string[] {
  return measured.filter(({ name, auc, grayAuc }) => name !== 'gray' && auc < grayAuc - EQUAL)
    .map(({ name, auc, grayAuc }) => `What is ${name} in truth: leaving it gray comes nearer (AuC ${against(auc, grayAuc)}).`);
}

function vividPictures({ chroma, trueChroma }: EvaluationFile): string[] {
  const vivid = vividness(chroma, trueChroma);
  if (vivid < VIVID.least) return [`Vivid pictures: its colours are paler than the photographs' (vividness ${decimal(vivid, 2)}).`];
  return vivid > VIVID.most ? [`Restrained pictures: its colours are stronger than the photographs' (vividness ${decimal(vivid, 2)}).`] : [];
}

function oldScans({ worn }: EvaluationFile): string[] {
  if (worn === undefined) return ['Old scans, as far as is known: they were not measured.'];
  return worn.filter(({ lost }) => lost > MOST_LOST).map(({ wear, lost }) => `${capital(wear)} scans: they lose ${decimal(lost, 1)} points of rebalanced AuC.`);
}

function conclusions({ photos }: EvaluationFile): string[] {
  return photos < FEW ? [`Firm conclusions: it was measured on ${counted(photos, 'photograph')} only.`] : [];
}

function against(ours: number, gray: number): string {
  return `${decimal(ours, 1)} against ${decimal(gray, 1)} %`;
}
