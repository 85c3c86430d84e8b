import { ESLint } from 'eslint';
import { join } from 'node:path';
import { expect, test } from 'vitest';

const root = join(import.meta.dirname, '..', '..');
/** Type information needs files that exist; the borders do not. */
const eslint = new ESLint({ cwd: root, overrideConfig: { files: ['**/*.ts'], languageOptions: { parserOptions: { projectService: false } }, rules: withoutTypes() } });

function withoutTypes(): Record<string, 'off'> {
  const rules = ['no-floating-promises', 'no-misused-promises', 'await-thenable', 'switch-exhaustiveness-check'];
  return Object.fromEntries(rules.map((rule) => [`@typescript-eslint/${rule}`, 'off' as const]));
}

async function complaints(path: string, code: string): Promise<(string | null)[]> {
  const [{ messages }] = await eslint.lintText(code, { filePath: join(root, path) });
  return messages.map(({ ruleId }) => ruleId);
}

const path = 'import-x/no-restricted-paths';
const module = 'no-restricted-imports';

test.each([
  ['src/shared/example.ts', "import '../main/core/errors.js';", path],
  ['src/shared/example.ts', "import 'node:fs';", module],
  ['src/shared/example.ts', "import 'fs/promises';", module],
  ['src/shared/example.ts', "import 'vue';", module],
  ['src/shared/example.ts', 'export const here = process.cwd();', 'no-restricted-globals'],
  ['src/main/core/example.ts', "import '../engine/engine.js';", path],
  ['src/main/core/example.ts', "import '../hosts/cli/main.js';", path],
  ['src/main/core/graph/example.ts', "import '../../engine/engine.js';", path],
  ['src/main/engine/example.ts', "import '../hosts/cli/main.js';", path],
  ['src/main/core/example.ts', 'export const chance = Math.random();', 'no-restricted-properties'],
  ['src/main/core/example.ts', 'export function f(x: any): void { f(x); }', '@typescript-eslint/no-explicit-any'],
])('%s may not hold %s', async (file, code, rule) => {
  expect(await complaints(file, code)).toEqual([rule]);
});

test.each([
  ['src/main/core/example.ts', "import '../../shared/colour/lab.js'; import 'node:fs'; import './errors.js';"],
  ['src/main/engine/example.ts', "import '../core/errors.js'; import '../../shared/colour/lab.js';"],
  ['src/main/hosts/cli/example.ts', "import '../../engine/engine.js'; import '../../core/errors.js';"],
])('%s may hold %s', async (file, code) => {
  expect(await complaints(file, code)).toEqual([]);
});
