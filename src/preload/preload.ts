/** The one bridge between Electron and the page: a few named functions, no module of Electron or Node. */
import { contextBridge, ipcRenderer, type IpcRendererEvent, webUtils } from 'electron';
import { CHANNELS, type HostBridge } from '../shared/contract/channels.js';

const drops = new Set<(paths: string[]) => void>();

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

/** The page cannot learn where a dropped file lies; this script can, and asks the host to let the page use it. A file that has a place was chosen by a person. */
async function dropped(event: DragEvent): Promise<void> {
  const files = [...(event.dataTransfer?.files ?? [])];
  const paths = files.map((file) => webUtils.getPathForFile(file)).filter((path) => path !== '');
  if (!paths.length) return;
  await ipcRenderer.invoke(CHANNELS.drop, paths);
  drops.forEach((listener) => listener(paths));
}

addEventListener('drop', (event) => void dropped(event), true);
contextBridge.exposeInMainWorld('chromabench', bridge);
