import { expect, test } from 'vitest';
import { ACTIVATION_SETTING_GROUPS, ACTIVATION_SETTING_WORDS, FIRST_ACTIVATION_SETTINGS } from '../../src/renderer/words/activation-settings.js';
import { FIRST_REGULARIZATION_SETTINGS, REGULARIZATION_GROUPS, REGULARIZATION_WORDS } from '../../src/renderer/words/regularization-settings.js';
import { FIRST_SETTINGS, SETTING_GROUPS, SETTING_WORDS } from '../../src/renderer/words/settings.js';
import { TRAINING_SETTINGS } from '../../src/shared/run/config.js';
import { ACTIVATIONS_SETTINGS } from '../../src/shared/labs/activations/config.js';
import { REGULARIZATION_SETTINGS } from '../../src/shared/labs/regularization/config.js';

const keys = TRAINING_SETTINGS.map(({ key }) => key);

test('every setting has a name, and no name stands for nothing', () => {
  expect(Object.keys(SETTING_WORDS).sort()).toEqual([...keys].sort());
});

test('every setting is shown exactly once; preset, budget and subfolders have controls of their own', () => {
  const own = keys.filter((key) => key === 'preset' || key.startsWith('budget.') || key === 'photos.subfolders');
  const shown = [...FIRST_SETTINGS, ...SETTING_GROUPS.flatMap((group) => group.keys)];
  expect([...shown, ...own].sort()).toEqual([...keys].sort());
});

test('every setting of the regularization laboratory has a name and a place in its panel', () => {
  const keys = REGULARIZATION_SETTINGS.map(({ key }) => key).sort();
  expect(Object.keys(REGULARIZATION_WORDS).sort()).toEqual(keys);
  expect([...FIRST_REGULARIZATION_SETTINGS, ...REGULARIZATION_GROUPS.flatMap((group) => group.keys)].sort()).toEqual(keys);
});

test('every setting of the activation laboratory has a name and a place in its panel', () => {
  const keys = ACTIVATIONS_SETTINGS.map(({ key }) => key).sort();
  expect(Object.keys(ACTIVATION_SETTING_WORDS).sort()).toEqual(keys);
  expect([...FIRST_ACTIVATION_SETTINGS, ...ACTIVATION_SETTING_GROUPS.flatMap((group) => group.keys)].sort()).toEqual(keys);
});
