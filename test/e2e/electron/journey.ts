/** The main job in a window of its own, for any program that shows one: native menus and dialogs, a training that is left and found again. */
import { existsSync, mkdirSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import sharp from 'sharp';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { descendants, isAlive } from '../window/served-window.js';
import { canRun, Desktop, Display, launch, pause, root } from './desktop.js';

const PHOTOGRAPHS = join(root, 'resources/photographs/training');
const OTHERS = join(root, 'resources/photographs/held-out');

/** A package is a gigabyte of copies on a disk that others use, too. */
const PREPARED_WITHIN_MS = 600_000;

let display: Display;
let desktop: Desktop;

/** Chooses from a list of the page. */
async function choose(list: string, option: string): Promise<void> {
  const input = `document.querySelector('[role=combobox][aria-label=${JSON.stringify(list)}]')`;
  await desktop.until(input, `the list ${list}`);
  await desktop.inPage(`(${input}.scrollIntoView({ block: 'center' }), ${input}.click())`);
  await desktop.click(option, '[role=option]');
}

/** The answers of the system's dialogs, which no test can click; each notes what it was asked. */
async function answerDialogs({ open = [], message = 0 }: { open?: readonly string[]; message?: number }): Promise<void> {
  await desktop.inMain(`(
    globalThis.asked = [],
    electron.dialog.showOpenDialog = async (_window, options) => (globalThis.asked.push(options), { canceled: ${open.length === 0}, filePaths: ${JSON.stringify(open)} }),
    electron.dialog.showMessageBox = async (_window, options) => (globalThis.asked.push(options), { response: ${message} }), 0)`);
}

/** Keys on the window, as the system sends them: the native menu has the accelerators. */
async function press(key: string, modifiers: readonly string[] = ['control']): Promise<void> {
  await desktop.inMain(`(window.focus(), ['keyDown', 'keyUp'].forEach((type) => window.webContents.sendInputEvent({ type, keyCode: ${JSON.stringify(key)}, modifiers: ${JSON.stringify(modifiers)} })), 0)`);
}

const asked = () => desktop.inMain<{ title?: string; message?: string; buttons?: string[] }[]>('globalThis.asked');
const isEnabled = (command: string) => desktop.inMain<boolean>(`electron.Menu.getApplicationMenu().getMenuItemById(${JSON.stringify(command)}).enabled`);
/** What a program of ours that is still there after its window would be found by. */
const below = () => descendants(desktop.pid);

async function gone(pids: readonly number[], withinMs: number): Promise<boolean> {
  for (const end = Date.now() + withinMs; Date.now() < end; await pause(200)) if (!pids.some(isAlive)) return true;
  return false;
}

/** @param prepared Gives the program, once it is there; undefined for Electron with the built script. */
export function describeJourney(title: string, prepared: () => Promise<string | undefined>): void {
  describe.skipIf(!canRun)(title, () => journey(prepared));
}

function journey(prepared: () => Promise<string | undefined>): void {
  let program: string | undefined;

  beforeAll(async () => {
    program = await prepared();
    display = await Display.open();
    desktop = await Desktop.start({ display, program });
  }, PREPARED_WITHIN_MS);

  afterAll(async () => {
    await desktop?.remove();
    display?.close();
  });

  test('the menu opens a folder with the system\'s dialog, and the folder is looked through', async () => {
    await desktop.see('Open a folder of colour photographs');
    expect(await desktop.inPage('document.querySelector("[role=menubar]")')).toBeNull();
    expect(await isEnabled('startTraining')).toBe(false);
    await answerDialogs({ open: [PHOTOGRAPHS] });
    await press('o');
    await desktop.see('47 used');
    expect(await asked()).toMatchObject([{ properties: ['openDirectory'] }]);
    await desktop.until('document.querySelector(".photo img")?.naturalWidth === 256', 'a thumbnail');
    expect(await isEnabled('startTraining')).toBe(true);
  });

  test('the menus follow the page: recent folders, the theme', async () => {
    const recent = () => desktop.inMain<string[]>(`electron.Menu.getApplicationMenu().items[0].submenu.items.find(({ label }) => label === 'Open Recent').submenu.items.map(({ label }) => label)`);
    await expect.poll(recent).toContain(PHOTOGRAPHS);
    await desktop.inMain(`electron.Menu.getApplicationMenu().getMenuItemById('themeDark').click()`);
    await expect.poll(() => desktop.inMain('electron.nativeTheme.themeSource')).toBe('dark');
    await desktop.until('document.documentElement.classList.contains("dark")', 'the dark theme');
    expect(await desktop.inMain(`electron.Menu.getApplicationMenu().getMenuItemById('themeDark').checked`)).toBe(true);
    await desktop.inMain(`electron.Menu.getApplicationMenu().getMenuItemById('themeSystem').click()`);
  });

  test('a training starts by its accelerator, shows its curves, and rests', async () => {
    await press('Enter');
    await desktop.until('location.hash === "#/train"', 'the screen Train');
    await desktop.fill('Name of the run', 'desktop');
    await choose('Unit of the amount', 'steps');
    await desktop.fill('Amount of training', '400');
    await desktop.fill('Width', '0.1');
    await desktop.click('Reports, checkpoints, stopping', 'summary, button, a, [role=button]');
    await desktop.fill('Report every', '2');
    await desktop.fill('Checkpoint every', '10');
    await desktop.click('Start Training');
    await desktop.see('step 10');
    await desktop.until('document.querySelector("canvas, .chart svg")', 'a curve');
    expect(await desktop.inMain('window.isVisible()')).toBe(true);
    await expect.poll(() => isEnabled('pauseTraining')).toBe(true);
    await press('P', ['control', 'shift']);
    await desktop.until('[...document.querySelectorAll("button")].some(({ textContent }) => textContent.trim() === "Resume")', 'the training to rest');
  });

  test('after a reload it is found as it was, and goes on', async () => {
    await desktop.inPage('window.isBeforeReload = true');
    await desktop.page.Page.reload();
    await desktop.until('!window.isBeforeReload && document.body.innerText.includes("paused")', 'the page to come back to the paused training');
    await expect.poll(() => isEnabled('resumeTraining')).toBe(true);
    await press('R', ['control', 'shift']);
    await desktop.until('[...document.querySelectorAll("button")].some(({ textContent }) => textContent.trim() === "Pause")', 'the training to go on');
  });

  test('a command that is given while the page is loaded anew is carried out by the next one', async () => {
    await desktop.inPage('window.isBeforeReload = true');
    await desktop.inMain(`(window.webContents.reload(), window.webContents.once('did-start-navigation', () => electron.Menu.getApplicationMenu().getMenuItemById('showGuide').click()), 0)`);
    await desktop.until('!window.isBeforeReload && location.hash.startsWith("#/guide")', 'the guide in the page that was loaded');
    await desktop.inMain(`(electron.Menu.getApplicationMenu().getMenuItemById('showTraining').click(), 0)`);
    await desktop.until('location.hash === "#/train"', 'the screen Train');
  });

  test('closing the window over it asks; a change of mind changes nothing', async () => {
    await answerDialogs({ message: 2 });
    await desktop.inMain('window.close()');
    expect(await asked()).toMatchObject([{ message: 'The training is not done.', buttons: ['Stop and Save', 'Keep Training', 'Cancel'] }]);
    expect(await desktop.inMain('window.isVisible()')).toBe(true);
  });

  test('kept going, it works without a window, until a second start shows it again with that start\'s folder', async () => {
    await answerDialogs({ message: 1 });
    await desktop.inMain('window.close()');
    await expect.poll(() => desktop.inMain('window.isVisible()')).toBe(false);
    const second = launch({ display, program, args: [OTHERS] }, desktop.place);
    expect(await new Promise((resolve) => second.once('exit', resolve))).toBe(0);
    await expect.poll(() => desktop.inMain('window.isVisible()')).toBe(true);
    await desktop.see('13 used');
    expect(await desktop.inMain('electron.BrowserWindow.getAllWindows().length')).toBe(1);
  });

  test('stopped and saved, everything goes and the run is whole', async () => {
    const processes = below();
    expect(processes.length).toBeGreaterThan(2);
    await answerDialogs({ message: 0 });
    await desktop.inMain('window.close()').catch(() => {});
    expect(await desktop.ended()).toBe(0);
    expect(await gone(processes, 10_000)).toBe(true);
    const run = JSON.parse(readFileSync(join(desktop.place, 'runs/desktop/run.json'), 'utf8')) as { state: string };
    expect(['stopped', 'interrupted']).toContain(run.state);
    expect(existsSync(join(desktop.place, 'settings/window.json'))).toBe(true);
  });

  test('started again, it colorizes photographs with the stopped run and exports them', async () => {
    const { place } = desktop;
    desktop = await Desktop.start({ display, program, place, args: [PHOTOGRAPHS] });
    await desktop.see('47 used');
    const names = readdirSync(OTHERS).filter((name) => name.endsWith('.jpg')).slice(0, 2);
    await answerDialogs({ open: names.map((name) => join(OTHERS, name)) });
    await press('C', ['control', 'shift']);
    await desktop.see('1 of 2');
    await desktop.until('[...document.querySelectorAll(".photo img")].filter(({ naturalWidth }) => naturalWidth > 0).length === 2', 'gray and colorized');
    const out = join(place, 'coloured');
    mkdirSync(out);
    await answerDialogs({ open: [out] });
    await desktop.click('Export 2…');
    await desktop.click('Choose…');
    await desktop.until(`document.querySelector('input[aria-label="Folder for the colorized photographs"]')?.value === ${JSON.stringify(out)}`, 'the chosen folder');
    await desktop.click('Export 2');
    await desktop.see('2 pictures colorized');
    for (const name of names) {
      const [before, after] = await Promise.all([join(OTHERS, name), join(out, name.replace('.jpg', '.png'))].map((file) => sharp(file).metadata()));
      expect([after.width, after.height, after.space, after.channels]).toEqual([before.width, before.height, 'srgb', 3]);
    }
  });

  test('killed at once it leaves nothing behind', async () => {
    const processes = below();
    desktop.kill('SIGKILL');
    expect(await gone(processes, 30_000)).toBe(true);
  });

  test('a signal ends it in order', async () => {
    const { place } = desktop;
    desktop = await Desktop.start({ display, program, place });
    await desktop.see('Engine');
    const processes = below();
    desktop.kill('SIGTERM');
    await desktop.ended();
    expect(await gone(processes, 10_000)).toBe(true);
  });
}
