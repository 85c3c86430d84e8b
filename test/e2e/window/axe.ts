import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Page } from 'playwright-core';

const axe = readFileSync(join(import.meta.dirname, '../../../node_modules/axe-core/axe.min.js'), 'utf8');

/** Every movement that has an end at it, and those that follow on them: colours that still change are no colours to judge. */
const atRest = `(async () => {
  const drawn = () => new Promise((resolve) => requestAnimationFrame(() => requestAnimationFrame(resolve)));
  const moving = () => document.getAnimations().filter(({ effect, playState }) => playState === 'running' && Number.isFinite(effect?.getComputedTiming().endTime));
  await drawn();
  for (let movements = moving(); movements.length; movements = moving()) {
    await Promise.all(movements.map(({ finished }) => finished.catch(() => {})));
    await drawn();
  }
})()`;

/** What axe-core finds wrong with a page as it is: the rule and the first element that breaks it. */
export async function violations(page: Page): Promise<string[]> {
  await page.evaluate(atRest);
  await page.evaluate(`if (!window.axe) { ${axe} }`);
  const found = await page.evaluate<{ id: string; nodes: { html: string }[] }[]>('axe.run(document, { resultTypes: ["violations"] }).then(({ violations }) => violations)');
  return found.map(({ id, nodes }) => `${id}: ${nodes[0].html}`);
}
