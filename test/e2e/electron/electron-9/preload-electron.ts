/** Electron's module as a preload script of Electron 9 finds it, with the one part that came later. */
import type Electron from 'electron';

// eslint-disable-next-line @typescript-eslint/no-require-imports
const electron = require('electron') as typeof Electron;

export const { contextBridge, ipcRenderer } = electron;
/** Before version 32 a file told its path itself. */
export const webUtils = { getPathForFile: (file: File) => (file as File & { path: string }).path };
