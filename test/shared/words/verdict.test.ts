import { expect, test } from 'vitest';
import { verdict } from '../../../src/shared/words/verdict.js';

test('an evaluation is told in a sentence, whichever way it went', () => {
  const gray = { auc: 89.04, aucRebalanced: 60 };
  expect(verdict({ auc: 90.1, aucRebalanced: 58.5, baselines: { gray } })).toBe(
    'With every pixel counting alike, the run beats leaving the photographs gray by 1.1 points (90.1 against 89.0 %); ' +
    'with rare colours counting as much as common ones, it falls short of leaving the photographs gray by 1.5 points (58.5 against 60.0 %).',
  );
  expect(verdict({ auc: 89, aucRebalanced: 60, baselines: { gray } })).toContain('is as good as leaving the photographs gray (89.0 against 89.0 %)');
});
