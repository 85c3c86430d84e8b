/** The report of a laboratory's run, read by a real browser. */
import { existsSync } from 'node:fs';
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { type Browser, chromium } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { quietContext } from '../../../../src/main/core/job.js';
import { runRegularization } from '../../../../src/main/core/labs/regularization/experiment.js';
import { shrinkNetwork } from '../../../../src/main/core/labs/regularization/shrink.js';
import { runSweep } from '../../../../src/main/core/labs/regularization/sweep.js';
import { writeReport } from '../../../../src/main/core/report/write-report.js';
import { REGULARIZATION_PRESETS, SWEEP_DEFAULT } from '../../../../src/shared/labs/regularization/presets.js';
import type { RegularizationResult } from '../../../../src/shared/labs/regularization/results.js';
import { violations } from '../../../e2e/window/axe.js';
import { temporaryFolder } from '../../../helpers/temporary-folder.js';

const CHROMIUM = process.env.CHROMABENCH_CHROMIUM ?? '/usr/bin/chromium';
const place = await temporaryFolder('lab-report');
const post = REGULARIZATION_PRESETS.post.config;
const write = (run: string, out: string) => writeReport({ run, out: join(place, out), evaluation: 'newest', overwrite: false }, quietContext());
let result: RegularizationResult;

beforeAll(async () => {
  const config = { ...post, runs: 2, epochs: 6, penalty: { ...post.penalty, kinds: ['l1-proximal' as const, 'l2' as const], lambda: 0.2 } };
  ({ result } = await runRegularization({ config, out: join(place, 'two & <b>penalties') }, quietContext()));
  await runSweep({ config: { ...SWEEP_DEFAULT, epochs: 2, sweep: { lambdas: [0, 0.1], folds: 2 } }, out: join(place, 'sweep') }, quietContext());
});

describe('a report of a laboratory', () => {
  it('is written of every kind, and of no run that is not finished', async () => {
    const { kind, bytes } = await write(join(place, 'two & <b>penalties'), 'penalties.html');
    expect(kind).toBe('laboratory');
    const page = await readFile(join(place, 'penalties.html'), 'utf8');
    expect(Buffer.byteLength(page)).toBe(bytes);
    expect(page).toContain('two &amp; &lt;b&gt;penalties');
    for (const sentence of result.statements) expect(page).toContain(`<li>${sentence}</li>`);
    await write(join(place, 'sweep'), 'sweep.html');
    expect(await readFile(join(place, 'sweep.html'), 'utf8')).toContain('Error at a held-out point');
    const shrink = { run: join(place, 'two & <b>penalties'), out: join(place, 'smaller'), penalty: 'l2' as const, number: 1, threshold: 0.7, weights: 'fresh' as const };
    const { shrink: { statements } } = await shrinkNetwork(shrink, quietContext());
    await write(shrink.out, 'smaller.html');
    const smaller = await readFile(join(place, 'smaller.html'), 'utf8');
    expect(smaller).toContain(statements[0]);
    expect(smaller).toMatch(/chromabench lab shrink .*penalties.* --penalty l2 --number 2 --threshold 0\.7 --weights fresh --out smaller-again/);
    await expect(write(place, 'nothing.html')).rejects.toThrow('is not a run');
  });
});

describe.skipIf(!existsSync(CHROMIUM))('opened in a browser', () => {
  let browser: Browser;
  beforeAll(async () => {
    browser = await chromium.launch({ executablePath: CHROMIUM, args: ['--no-sandbox'] });
  });
  afterAll(() => browser?.close());

  it('shows the figures of the run and every chart in the theme of its reader, accessibly', async () => {
    for (const colorScheme of ['light', 'dark'] as const) {
      const context = await browser.newContext({ colorScheme, offline: true, bypassCSP: true, viewport: { width: 900, height: 800 } });
      const page = await context.newPage();
      await page.goto(pathToFileURL(join(place, 'penalties.html')).href);
      const mean = result.penalties[0].error.mean!.toFixed(2);
      expect(await page.getByRole('row', { name: /^L1, proximal/ }).first().textContent()).toContain(mean);
      expect(await page.getByRole('row', { name: /^penalty\.lambda/ }).textContent()).toContain('changed; the preset has 0.3');
      expect(await page.locator(`.on-${colorScheme} svg`).count()).toBe(6);
      expect(await page.locator(`.on-${colorScheme} svg`).first().isVisible()).toBe(true);
      expect(await page.evaluate('document.documentElement.scrollWidth - innerWidth')).toBe(0);
      expect(await violations(page), colorScheme).toEqual([]);
      await context.close();
    }
  });
});
