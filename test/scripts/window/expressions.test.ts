import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { describe, expect, it } from 'vitest';
import { compiled } from '../../../scripts/window/expressions.mjs';

const read = (name: string) => readFileSync(createRequire(import.meta.url).resolve(name), 'utf8');
const asking = read('claygl/src/createCompositor.js');
const texts = read('echarts-gl/lib/effect/composite.js');

describe('expressions of echarts-gl', () => {
  it('are functions when the window is built: no code is made of text any more, and every text has its function', () => {
    const code = compiled(asking, texts);
    expect(code).not.toContain('new Function');
    const table = /const COMPILED = (\{[\s\S]*?\n\});/.exec(code)?.[1] ?? '';
    for (const [, body] of texts.matchAll(/'expr\(([^']*)\)'/g)) expect(table).toContain(`${JSON.stringify(body)}: (width, height, dpr) => (${body})`);
  });

  it('are looked at anew where a later version makes them in another way', () => {
    expect(() => compiled(asking.replace('new Function', 'Function'), texts)).toThrow('in another way than scripts/window/expressions.mjs knows');
  });
});
