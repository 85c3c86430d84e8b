/** What the window asks of Electron: a module without side effects, so that a test can read it. */
import type { BrowserWindowConstructorOptions, WebPreferences } from 'electron';

/** The page runs in the sandbox, in a world apart from the preload script, without Node. */
export function webPreferences(preload: string): WebPreferences {
  return {
    preload,
    sandbox: true,
    contextIsolation: true,
    nodeIntegration: false,
    nodeIntegrationInWorker: false,
    nodeIntegrationInSubFrames: false,
    webviewTag: false,
    webSecurity: true,
    allowRunningInsecureContent: false,
    experimentalFeatures: false,
    navigateOnDragDrop: false,
    spellcheck: false,
  };
}

/** @param dark Colour behind the page until it is drawn: the theme's own, so that nothing flashes. */
export function windowSettings(preload: string, dark: boolean): BrowserWindowConstructorOptions {
  return {
    title: 'Chromabench',
    show: false,
    minWidth: 800,
    minHeight: 560,
    backgroundColor: dark ? '#1e1e1e' : '#f3f3f3',
    webPreferences: webPreferences(preload),
  };
}
