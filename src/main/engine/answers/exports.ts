import { dirname } from 'node:path';
import { ContractError } from '../../../shared/contract/check.js';
import { inFileManager } from '../file-manager.js';
import type { Answers } from './answers.js';

/** Ids of jobs begin with their kind. */
const FOLDER_OF: Record<string, (out: string) => string> = {
  charts: (out) => out, film: (out) => out, colorize: (out) => out, report: dirname, graphFreeze: dirname, graphRun: (out) => out, graphExport: dirname,
};

/** @param parametersOf What a job was started with. */
export function exportsAnswers(parametersOf: (job: string) => unknown): Answers<'showExport'> {
  return {
    showExport: async ({ job }) => {
      const kind = job.slice(0, Math.max(0, job.indexOf('-')));
      if (!Object.hasOwn(FOLDER_OF, kind)) throw new ContractError(`${job} wrote nothing that could be shown.`);
      const { out } = parametersOf(job) as { out?: string };
      if (out === undefined) throw new ContractError(`${job} wrote nothing that could be shown.`);
      return { path: await inFileManager(FOLDER_OF[kind](out)) };
    },
  };
}
