/**
 * echarts-gl makes functions of texts while it starts, such as `expr(width * 1.0 / 2)`. The window's policy allows no code made of text:
 * they become functions when the window is built.
 */
import { readFile } from 'node:fs/promises';
import { createRequire } from 'node:module';

const ASKING = /claygl[\\/]src[\\/]createCompositor\.js$/;
const MADE_OF_TEXT = "new Function('width', 'height', 'dpr', 'return ' + exprRes[1])";
const TEXTS = 'echarts-gl/lib/effect/composite.js';
const EXPRESSION = /'expr\(([^']*)\)'/g;

/** @returns {import('vite').Plugin} */
export function expressions() {
  return {
    name: 'expressions',
    async transform(code, id) {
      if (!ASKING.test(id)) return undefined;
      return compiled(code, await readFile(createRequire(import.meta.url).resolve(TEXTS), 'utf8'));
    },
  };
}

/**
 * @param {string} code Source that makes functions of texts. @param {string} texts Source that holds the texts. @returns {string}
 * @throws Error when either does not look as it did: a newer version of the packages wants this file looked at.
 */
export function compiled(code, texts) {
  const bodies = [...new Set([...texts.matchAll(EXPRESSION)].map(([, body]) => body))];
  if (!code.includes(MADE_OF_TEXT) || bodies.length === 0) throw new Error('echarts-gl makes its functions of texts in another way than scripts/window/expressions.mjs knows.');
  const functions = bodies.map((body) => `${JSON.stringify(body)}: (width, height, dpr) => (${body})`);
  return `const COMPILED = {\n${functions.join(',\n')}\n};\n${code.replace(MADE_OF_TEXT, 'COMPILED[exprRes[1]]')}`;
}
