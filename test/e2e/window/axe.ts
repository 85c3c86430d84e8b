import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Page } from 'playwright-core';

const axe = readFileSync(join(import.meta.dirname, '../../../node_modules/axe-core/axe.min.js'), 'utf8');

/** Two pictures on, and every movement that has an end at it: colours that still change are no colours to judge. */
const atRest = `new Promise((resolve) => requestAnimationFrame(() => requestAnimationFrame(resolve)))
  .then(() => Promise.all(document.getAnimations().filter((movement) => Number.isFinite(movement.effect?.getComputedTiming().endTime)).map((movement) => movement.finished.catch(() => {}))))
  .then(() => {})`;

/** What axe-core finds wrong with a page as it is: the rule and the first element that breaks it. */
export async function violations(page: Page): Promise<string[]> {
  await page.evaluate(atRest);
  await page.evaluate(`if (!window.axe) { ${axe} }`);
  const found = await page.evaluate<{ id: string; nodes: { html: string }[] }[]>('axe.run(document, { resultTypes: ["violations"] }).then(({ violations }) => violations)');
  return found.map(({ id, nodes }) => `${id}: ${nodes[0].html}`);
}
