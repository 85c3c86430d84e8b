/** A training for a cluster, prepared in the window; the cluster itself is tested from the command line. */
import { cpSync, existsSync, readFileSync, writeFileSync } from 'node:fs';
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { join } from 'node:path';
import type { Browser, Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { CHROMIUM, launchBrowser } from './browser-page.js';
import { expectAccessible } from './hands.js';
import { ServedWindow } from './served-window.js';

const root = join(import.meta.dirname, '../../..');

let served: ServedWindow;
let browser: Browser;
let page: Page;
/** Something that answers, and is no cluster; what it was asked. */
let other: Server;
const asked: { url?: string; authorization?: string }[] = [];

describe.skipIf(!existsSync(CHROMIUM))('training on a cluster', () => {
  beforeAll(async () => {
    other = createServer((request, response) => {
      asked.push({ url: request.url, authorization: request.headers.authorization });
      response.writeHead(404).end('nothing here');
    });
    await new Promise<void>((resolve) => other.listen(0, '127.0.0.1', resolve));
    served = await ServedWindow.start([join(root, 'resources/photographs/training')]);
    browser = await launchBrowser();
    page = await (await browser.newContext({ viewport: { width: 1280, height: 800 } })).newPage();
    page.setDefaultTimeout(60_000);
    await page.goto(served.url);
    await page.getByText('47 used').waitFor();
    await page.getByRole('link', { name: 'Train' }).click();
    await page.getByRole('button', { name: 'On a Ray Cluster…' }).click();
  });

  afterAll(async () => {
    await browser?.close();
    await served?.stop();
    served?.remove();
    other?.close();
  });

  const dialog = () => page.getByRole('dialog', { name: 'Train on a Ray Cluster' });
  const begin = () => dialog().getByRole('button', { name: 'Train on the Cluster' });

  test('says what is missing, one thing after the other', async () => {
    await dialog().getByText('Set “Train for” to steps or epochs first').waitFor();
    expect(await begin().isDisabled()).toBe(true);
    await expectAccessible(page);
    await dialog().getByRole('button', { name: 'Close', exact: true }).click();
    await page.getByRole('combobox', { name: 'Unit of the amount' }).click({ force: true });
    await page.getByRole('option', { name: 'steps', exact: true }).click();
    await page.getByRole('button', { name: 'On a Ray Cluster…' }).click();
    await dialog().getByText('Type the address of the head’s dashboard').waitFor();
    await dialog().getByRole('textbox', { name: 'Address of the cluster' }).fill(`http://127.0.0.1:${(other.address() as AddressInfo).port}`);
    await dialog().getByRole('textbox', { name: 'Headers' }).fill('Authorization');
    await dialog().getByText('“Authorization” is no header').waitFor();
    await dialog().getByRole('textbox', { name: 'Headers' }).fill('Authorization: Bearer example');
    await expect.poll(() => begin().isDisabled()).toBe(false);
    // Only machines that see the photographs can count their colours.
    expect(await dialog().getByRole('radio', { name: 'on the cluster' }).isDisabled()).toBe(true);
    await dialog().getByRole('textbox', { name: 'Photographs there' }).fill('/shared/photographs');
    await dialog().getByText('on the cluster', { exact: true }).click();
    expect(await dialog().getByRole('radio', { name: 'on the cluster' }).isChecked()).toBe(true);
    await dialog().getByRole('textbox', { name: 'Photographs there' }).fill('');
    // What is sent along is counted here, whatever was chosen.
    expect(await dialog().getByRole('radio', { name: 'here', exact: true }).isChecked()).toBe(true);
  });

  test('what is there and no cluster is told in a sentence, and no run is left', async () => {
    await begin().click();
    await page.getByText(/answers, but not as a Ray cluster does/).waitFor();
    expect(asked.length).toBeGreaterThan(0);
    expect(asked.every(({ authorization }) => authorization === 'Bearer example')).toBe(true);
    await page.getByRole('link', { name: 'Runs' }).click();
    await page.getByText('No runs yet').waitFor();
  });

  test('what was typed is there again after the page was loaded anew, but for headers', async () => {
    await page.reload();
    await page.getByText('47').first().waitFor();
    await page.getByRole('link', { name: 'Train' }).click();
    await page.getByRole('button', { name: 'On a Ray Cluster…' }).click();
    expect(await dialog().getByRole('textbox', { name: 'Address of the cluster' }).inputValue()).toContain('http://127.0.0.1:');
    expect(await dialog().getByRole('textbox', { name: 'Headers' }).inputValue()).toBe('');
    expect(JSON.stringify(await page.evaluate(() => ({ ...localStorage })))).not.toContain('example');
  });

  describe('a run that a cluster trains', () => {
    const record = () => JSON.parse(readFileSync(join(served.place, 'runs/away/cluster.json'), 'utf8')) as { state: string };
    const onCluster = () => page.getByRole('dialog', { name: 'away on its cluster' });

    beforeAll(async () => {
      const run = join(served.place, 'runs/away');
      cpSync(join(root, 'test/fixtures/runs/version-1'), run, { recursive: true });
      const address = `http://127.0.0.1:${(other.address() as AddressInfo).port}`;
      writeFileSync(join(run, 'cluster.json'), JSON.stringify({ schemaVersion: 1, address, job: 'chromabench-away', workers: 2, storage: '/storage', state: 'running', start: null, best: null }));
      await page.reload();
      await page.getByRole('link', { name: 'Runs' }).click();
      await page.getByRole('button', { name: 'away', exact: true }).click();
    });

    test('is neither deleted nor renamed: its folder alone knows the job', async () => {
      await page.getByRole('button', { name: 'Run…', exact: true }).click();
      await page.getByRole('menuitem', { name: 'Delete…' }).click();
      await page.getByRole('button', { name: 'Move to the Trash' }).click();
      await page.getByText(/away is being trained on the cluster at http:\/\/127\.0\.0\.1:\d+ and cannot be deleted/).waitFor();
    });

    test('is followed from its dialog, with headers that are given there', async () => {
      await page.getByRole('button', { name: 'On Its Cluster…' }).click();
      await onCluster().getByRole('textbox', { name: 'Headers' }).fill('Authorization: Bearer secret-word');
      await expectAccessible(page);
      asked.length = 0;
      await onCluster().getByRole('button', { name: 'Follow' }).click();
      await page.getByText(/answers, but not as a Ray cluster does/).waitFor();
      expect(asked.map(({ authorization }) => authorization)).toContain('Bearer secret-word');
      expect(record().state).toBe('running');
    });

    test('is free again when its cluster is forgotten', async () => {
      await page.getByRole('link', { name: 'Runs' }).click();
      await page.getByRole('button', { name: 'On Its Cluster…' }).click();
      await onCluster().getByRole('button', { name: 'Forget the Cluster…' }).click();
      await page.getByRole('button', { name: 'Forget It' }).click();
      await expect.poll(() => record().state).toBe('ended');
      await page.getByRole('link', { name: 'Runs' }).click();
      await page.getByRole('button', { name: 'On Its Cluster…' }).waitFor({ state: 'detached' });
    });
  });
});
