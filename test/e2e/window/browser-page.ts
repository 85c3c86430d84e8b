import { type Browser, chromium, type Page } from 'playwright-core';

/** A browser for the tests of the window; where there is none, they are skipped. */
export const CHROMIUM = process.env.CHROMABENCH_CHROMIUM ?? '/usr/bin/chromium';
/** Milliseconds for what follows a click, also on a busy machine. */
const SOON = 90_000;

export function launchBrowser(): Promise<Browser> {
  return chromium.launch({ executablePath: CHROMIUM, args: ['--no-sandbox'] });
}

/** A page that writes down what it complains about and whom it asks. */
export interface WatchedPage {
  page: Page;
  /** Errors and warnings of its console, and errors that nobody caught. */
  complaints: string[];
  /** Addresses that it asked for. */
  asked: string[];
}

/** @param address With the launch token. */
export async function openPage(browser: Browser, address: string, viewport = { width: 1280, height: 800 }): Promise<WatchedPage> {
  const context = await browser.newContext({ viewport, reducedMotion: 'reduce' });
  const page = await context.newPage();
  const [complaints, asked]: [string[], string[]] = [[], []];
  page.setDefaultTimeout(SOON);
  page.on('pageerror', (error) => complaints.push(error.message));
  page.on('console', (message) => ['error', 'warning'].includes(message.type()) && complaints.push(message.text()));
  page.on('request', (request) => asked.push(request.url()));
  page.on('websocket', (socket) => asked.push(socket.url()));
  await page.goto(address);
  return { page, complaints, asked };
}
