import type { PhotographUse } from '../../../shared/contract/catalogue.js';
import { openRun } from './run.js';

const USES = ['training', 'validation', 'test'] as const;

/** What a run used a photograph for; `none` where it came to the folder later, or the run's list cannot be read. @param contentId SHA-256, hex */
export async function useIn(path: string, contentId: string): Promise<PhotographUse['use']> {
  const split = await openRun(path).then((run) => run.split()).catch(() => undefined);
  return USES.find((use) => split?.[use].some((photo) => photo.contentId === contentId)) ?? 'none';
}
