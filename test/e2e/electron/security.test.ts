/** What a page cannot do, and who cannot speak for it, tried in the running program. */
import { rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { canRun, Desktop, Display, pause, root, script } from './desktop.js';

let display: Display;
let desktop: Desktop;

/** Answer of a request that the page sends past everything that is typed. */
function raw(name: string, body: unknown): Promise<{ type: string; error?: { message: string } }> {
  return desktop.inPage(`new Promise((resolve) => {
    chromabench.onMessage((message) => message.id === 999999 && resolve(message));
    chromabench.send({ type: 'request', id: 999999, name: ${JSON.stringify(name)}, body: ${JSON.stringify(body)} });
  })`);
}

async function fetched(path: string, options = {}): Promise<{ status: number; text: string }> {
  return desktop.inPage(`fetch(${JSON.stringify(path)}, ${JSON.stringify(options)}).then(async (response) => ({ status: response.status, text: await response.text() }), () => ({ status: 0, text: '' }))`);
}

const theme = () => desktop.inMain<string>('electron.nativeTheme.themeSource');

describe.skipIf(!canRun)('the page of the desktop program', () => {
  beforeAll(async () => {
    display = await Display.open();
    desktop = await Desktop.start({ display });
    await desktop.see('Open a folder of colour photographs');
  });

  afterAll(async () => {
    await desktop?.remove();
    display?.close();
  });

  test('knows nothing of Node or Electron but the bridge', async () => {
    expect(await desktop.inPage('[typeof require, typeof process, typeof module, typeof Buffer]')).toEqual(['undefined', 'undefined', 'undefined', 'undefined']);
    expect(await desktop.inPage<string[]>('Object.keys(chromabench).sort()')).toEqual(['join', 'onCommand', 'onDrop', 'onMessage', 'pick', 'platform', 'send', 'tellNews']);
  });

  test('was asked for with sandbox and isolation', async () => {
    expect(await desktop.inMain('window.webContents.getLastWebPreferences()')).toMatchObject({ sandbox: true, contextIsolation: true, nodeIntegration: false, webviewTag: false });
  });

  test.each(['https://example.com/', 'file:///etc/passwd', 'data:text/html,hello', 'chromabench://elsewhere/'])('does not go to %s', async (address) => {
    await desktop.inPage(`(location.href = ${JSON.stringify(address)}, 0)`);
    await pause(500);
    expect(await desktop.inMain('window.webContents.getURL()')).toMatch(/^chromabench:\/\/window\//);
    await desktop.see('Open a folder of colour photographs');
  });

  test.each(['about:blank', 'https://example.com/', 'chromabench://window/'])('opens no window for %s', async (address) => {
    await desktop.inPage(`(window.open(${JSON.stringify(address)}), 0)`);
    await pause(300);
    expect(await desktop.inMain('electron.BrowserWindow.getAllWindows().length')).toBe(1);
  });

  test('is granted nothing', async () => {
    expect(await desktop.inPage(`navigator.mediaDevices.getUserMedia({ audio: true }).then(() => 'granted', () => 'denied')`)).toBe('denied');
    expect(await desktop.inPage(`new Promise((resolve) => navigator.geolocation.getCurrentPosition(() => resolve('granted'), () => resolve('denied')))`)).toBe('denied');
  });

  test('reaches nothing on the network', async () => {
    expect((await fetched('https://example.com/')).status).toBe(0);
    expect((await fetched('http://127.0.0.1/')).status).toBe(0);
  });

  test('runs no code made from text, and holds no frame', async () => {
    // As the page's own script would: what a debugger evaluates is exempt.
    await desktop.inPage(`(globalThis.ran = false, setTimeout('globalThis.ran = true'), 0)`).catch(() => {});
    await pause(200);
    expect(await desktop.inPage('globalThis.ran')).toBe(false);
    await desktop.inPage(`(document.body.insertAdjacentHTML('beforeend', '<iframe src="chromabench://window/" id="guest"></iframe>'), 0)`);
    await pause(300);
    expect(await desktop.inPage(`(() => { const { contentDocument } = document.getElementById('guest'); return contentDocument?.getElementById('app') ?? null; })()`)).toBeNull();
    await desktop.inPage(`(document.getElementById('guest').remove(), 0)`);
  });

  test.each(['/../../package.json', '/%2e%2e/%2e%2e/package.json', '/..%2f..%2fpackage.json', '/assets/..%2f..%2f..%2fpackage.json', '/%00', '/%ff', '/nothing'])('%s leads nowhere', async (path) => {
    const { status, text } = await fetched(path);
    // 0: Chromium itself asks no such address.
    expect([0, 400, 403, 404]).toContain(status);
    expect(text).not.toContain('dependencies');
  });

  test('a link that leads out is not followed, and only reading is served', async () => {
    const link = join(dirname(script), '../renderer/assets', `link-${process.pid}.txt`);
    writeFileSync(join(desktop.place, 'secret.txt'), 'secret');
    symlinkSync(join(desktop.place, 'secret.txt'), link);
    try {
      expect(await fetched(`/assets/link-${process.pid}.txt`)).toMatchObject({ status: 403, text: expect.not.stringContaining('secret') });
    } finally {
      rmSync(link);
    }
    expect((await fetched('/', { method: 'POST' })).status).toBe(405);
    expect((await fetched('/index.html')).text).toContain('<div id="app">');
  });

  test.each(['chromabench://window/', 'data:text/html,stranger'])('another window (%s) is not heard, though it has the bridge', async (address) => {
    await desktop.inMain(`(async () => {
      const stranger = new electron.BrowserWindow({ show: false, webPreferences: { preload: ${JSON.stringify(join(dirname(script), 'preload.cjs'))}, contextIsolation: true, sandbox: true } });
      await stranger.loadURL(${JSON.stringify(address)});
      globalThis.stranger = stranger;
    })()`);
    const say = (expression: string) => desktop.inMain(`globalThis.stranger.webContents.executeJavaScript(${JSON.stringify(expression)})`);
    const before = await theme();
    await say(`(chromabench.tellNews({ enabled: [], recentFolders: [], theme: 'dark' }), chromabench.send({ type: 'request', id: 1, name: 'changeSettings', body: { theme: 'dark' } }), 0)`);
    expect(await say(`chromabench.pick({ kind: 'folder', title: 'Open', action: 'Open' }).then(() => 'answered', (error) => error.message)`)).toMatch(/not answered/);
    expect(await theme()).toBe(before);
    await desktop.inMain('(globalThis.stranger.destroy(), 0)');
    expect(await raw('readSettings', {})).toMatchObject({ reply: { theme: 'system' } });
  });

  test('a request that is none is refused in words', async () => {
    expect((await raw('format', {})).error?.message).toMatch(/no request named format/);
    expect((await raw('openCatalogue', { folder: 'relative' })).error?.message).toMatch(/absolute path/);
    expect((await raw('listFolder', { path: '/' })).error?.message).toMatch(/dialog of the system/);
  });

  test('a page that does not speak the contract is loaded anew, and the engine is unharmed', async () => {
    await desktop.inPage('(globalThis.mark = true, chromabench.send({ type: "nonsense" }), 0)');
    await desktop.until('globalThis.mark === undefined', 'the page to be loaded anew');
    await desktop.see('Engine');
    expect(await raw('listJobs', {})).toMatchObject({ type: 'reply', reply: [] });
  });

  test('a dropped file is told by its path', async () => {
    const file = join(root, 'resources/photographs/CREDITS.md');
    await desktop.inPage(`(globalThis.dropped = [], chromabench.onDrop((paths) => globalThis.dropped.push(...paths)),
      document.body.insertAdjacentHTML('beforeend', '<input type="file" id="hand">'), 0)`);
    const { root: { nodeId } } = await desktop.page.DOM.getDocument();
    const { nodeId: hand } = await desktop.page.DOM.querySelector({ nodeId, selector: '#hand' });
    await desktop.page.DOM.setFileInputFiles({ nodeId: hand, files: [file] });
    await desktop.inPage(`(() => {
      const data = new DataTransfer();
      data.items.add(document.getElementById('hand').files[0]);
      document.body.dispatchEvent(new DragEvent('drop', { bubbles: true, cancelable: true, dataTransfer: data }));
      document.getElementById('hand').remove();
    })()`);
    await desktop.until('globalThis.dropped.length', 'the drop to be told');
    expect(await desktop.inPage('globalThis.dropped')).toEqual([file]);
  });
});
