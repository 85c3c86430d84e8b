import { join } from 'node:path';
import { expect, test } from 'vitest';
import { listLicences } from '../../../scripts/window/licences.mjs';

const licences = await listLicences(join(import.meta.dirname, '../../..'));
const names = licences.map(({ name }) => name);

test('names what the program runs with, what is built into the window, and what these need', () => {
  expect(names).toEqual(expect.arrayContaining(['@tensorflow/tfjs-node', 'sharp', 'vue', 'echarts', 'zrender', 'element-plus']));
});

test('names nothing that only builds or tests', () => {
  expect(names.filter((name) => ['typescript', 'vitest', 'eslint', 'playwright-core', 'axe-core'].includes(name))).toEqual([]);
});

test('each has a version and a licence that allows it to be part of a free program', () => {
  for (const { name, version, licence } of licences) {
    expect(version, name).toMatch(/^\d+\.\d+\.\d+/);
    expect(licence, name).toMatch(/MIT|Apache|BSD|ISC|LGPL|MPL|CC0|CC-BY|Unlicense|OFL|Zlib|Python|BlueOak/);
  }
});

test('the text of a licence is the package’s own', () => {
  expect(licences.find(({ name }) => name === 'vue')?.text).toMatch(/Permission is hereby granted/);
});

test('a licence that is stated in its text alone is known by what it says', () => {
  expect(licences.find(({ name }) => name === 'claygl')).toMatchObject({ licence: 'BSD-2-Clause', text: expect.stringContaining('Yi Shen') });
  expect(names).toContain('echarts-gl');
});
