/** The one bridge between Electron and the page: a few named functions, no module of Electron or Node. */
import { contextBridge, ipcRenderer, type IpcRendererEvent, webUtils } from 'electron';
import { CHANNELS, type HostBridge } from '../shared/contract/channels.js';

const drops = new Set<(paths: string[], refusal?: string) => void>();

/** Listens on a channel without showing the page Electron's event. */
function on<T>(channel: string, listener: (value: T) => void): () => void {
  const heard = (_event: IpcRendererEvent, value: T) => listener(value);
  ipcRenderer.on(channel, heard);
  return () => void ipcRenderer.removeListener(channel, heard);
}

const bridge: HostBridge = {
  platform: process.platform,
  join: () => ipcRenderer.send(CHANNELS.join),
  send: (message) => ipcRenderer.send(CHANNELS.send, message),
  onMessage: (listener) => on(CHANNELS.message, listener),
  onCommand: (listener) => on(CHANNELS.command, listener),
  tellNews: (news) => ipcRenderer.send(CHANNELS.news, news),
  onDrop: (listener) => {
    drops.add(listener);
    return () => void drops.delete(listener);
  },
  pick: (choice) => ipcRenderer.invoke(CHANNELS.pick, choice) as Promise<string[] | undefined>,
};

/** What the host said, without what Electron says before it. */
function wordsOf(error: unknown): string {
  return (error instanceof Error ? error.message : String(error)).replace(/^Error invoking remote method '[^']*': (?:\w*Error: )?/, '');
}

/** The page cannot learn where a dropped file lies; this script can, and asks the host to let the page use it. A file that has a place was chosen by a person. */
async function dropped(event: DragEvent): Promise<void> {
  const files = [...(event.dataTransfer?.files ?? [])];
  const paths = files.map((file) => webUtils.getPathForFile(file)).filter((path) => path !== '');
  if (!paths.length) return;
  const refusal = await ipcRenderer.invoke(CHANNELS.drop, paths).then(() => undefined, wordsOf);
  drops.forEach((listener) => (refusal === undefined ? listener(paths) : listener([], refusal)));
}

addEventListener('drop', (event) => void dropped(event), true);
contextBridge.exposeInMainWorld('chromabench', bridge);
