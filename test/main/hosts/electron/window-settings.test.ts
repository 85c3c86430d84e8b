import { describe, expect, test } from 'vitest';
import { isFromWindow } from '../../../../src/main/hosts/electron/sender.js';
import { isOurs, WINDOW_URL } from '../../../../src/main/hosts/electron/window-address.js';
import { isGranted } from '../../../../src/main/hosts/electron/window-guard.js';
import { webPreferences, windowSettings } from '../../../../src/main/hosts/electron/window-settings.js';

test('the window asks for the sandbox, a world apart, and no Node', () => {
  expect(webPreferences('/p.cjs')).toMatchObject({
    preload: '/p.cjs', sandbox: true, contextIsolation: true, nodeIntegration: false, nodeIntegrationInWorker: false, nodeIntegrationInSubFrames: false,
    webviewTag: false, webSecurity: true, allowRunningInsecureContent: false, navigateOnDragDrop: false,
  });
  expect(windowSettings('/p.cjs', true).webPreferences).toEqual(webPreferences('/p.cjs'));
});

describe('addresses', () => {
  test.each(['chromabench://window/', 'chromabench://window/#/runs', 'chromabench://window/assets/a.js'])('%s is ours', (url) => expect(isOurs(url)).toBe(true));

  test.each([
    '', 'about:blank', 'https://window/', 'file:///etc/passwd', 'chromabench://windows/', 'chromabench://window.evil.example/', 'chromabench://user@window/',
    'chromabench:window', 'data:text/html,hello', 'javascript:alert(1)', 'blob:chromabench://window/1', 'devtools://devtools/bundled/x.html',
  ])('%s is not', (url) => expect(isOurs(url)).toBe(false));
});

describe('senders', () => {
  const ours = { sender: { id: 3 }, senderFrame: { url: WINDOW_URL, parent: null } };

  test('our main frame is heard', () => expect(isFromWindow(ours, { id: 3 })).toBe(true));

  test.each([
    ['another window', { ...ours, sender: { id: 4 } }],
    ['a frame in ours', { ...ours, senderFrame: { url: WINDOW_URL, parent: {} } }],
    ['our window on another address', { ...ours, senderFrame: { url: 'https://evil.example/', parent: null } }],
    ['a frame that has gone', { ...ours, senderFrame: null }],
  ])('%s is not', (_, sent) => expect(isFromWindow(sent, { id: 3 })).toBe(false));
});

test('our main frame may write to the clipboard, and nothing else', () => {
  const ours = { isMainFrame: true, requestingUrl: WINDOW_URL };
  expect(isGranted('clipboard-sanitized-write', ours)).toBe(true);
  expect(isGranted('clipboard-sanitized-write', { ...ours, isMainFrame: false })).toBe(false);
  expect(isGranted('clipboard-sanitized-write', { ...ours, requestingUrl: 'https://evil.example/' })).toBe(false);
  expect(isGranted('clipboard-sanitized-write', { isMainFrame: true })).toBe(false);
  for (const other of ['clipboard-read', 'media', 'geolocation', 'notifications', 'fileSystem', 'openExternal']) expect(isGranted(other, ours)).toBe(false);
});
