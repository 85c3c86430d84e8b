import { readFile } from 'node:fs/promises';
import { basename, join } from 'node:path';
import type { EvaluationFile } from '../../../shared/run/evaluation.js';
import type { Reply } from '../../../shared/contract/requests.js';
import { UserError } from '../../core/errors.js';
import { evaluationFolder, listEvaluations, PHOTOGRAPHS_FILE, readEvaluation } from '../../core/evaluation/kept-evaluations.js';
import { openRun } from '../../core/runs/run.js';
import type { RunShelf } from '../run-shelf.js';
import type { Answers } from './answers.js';

export function evaluationsAnswers(shelf: RunShelf): Answers<'listEvaluations' | 'readEvaluation' | 'photographsOfEvaluation'> {
  return {
    listEvaluations: async ({ run }) => {
      const path = await shelf.find(run);
      const { test, validation } = (await openRun(path)).file.data;
      const kept = await listEvaluations(path);
      return {
        evaluations: kept.flatMap((one) => ('file' in one ? [summaryOf(one.id, one.file)] : [])),
        unreadable: kept.flatMap((one) => ('fault' in one ? [{ id: one.id, reason: one.fault }] : [])),
        heldBack: { test, validation },
      };
    },
    readEvaluation: async ({ run, id }) => readEvaluation(await shelf.find(run), id),
    photographsOfEvaluation: async ({ run, id }) => ({ csv: await photographs(evaluationFolder(await shelf.find(run), id)) }),
  };
}

function summaryOf(id: string, file: EvaluationFile): Reply<'listEvaluations'>['evaluations'][number] {
  const { created, step, folder, part, temperature, photos, auc, aucRebalanced, baselines: { gray } } = file;
  return { id, created, step, folder, part, temperature, photos, auc, aucRebalanced, gray: { auc: gray.auc, aucRebalanced: gray.aucRebalanced } };
}

function photographs(folder: string): Promise<string> {
  return readFile(join(folder, PHOTOGRAPHS_FILE), 'utf8').catch((error: unknown) => {
    throw new UserError(`The evaluation ${basename(folder)} has no ${PHOTOGRAPHS_FILE} any more. Evaluate the run anew.`, { cause: error });
  });
}
