/** How Electron's main process and its window reach each other. No schemas here: the preload script carries this file along. */
import type { Choice } from './choice.js';
import type { HostCommand, HostNews } from './bridge.js';
import type { FromWindow } from './wire.js';

/** Names of the channels, each with its direction. */
export const CHANNELS = {
  /** Page to host: a page has loaded and listens. */
  join: 'window:join',
  /** Page to host: a word of the wire. */
  send: 'window:send',
  /** Host to page: a word of the wire. */
  message: 'host:message',
  /** Host to page: a HostCommand. */
  command: 'host:command',
  /** Page to host: HostNews. */
  news: 'window:news',
  /** Page to host, answered: paths of what was dropped. */
  drop: 'window:drop',
  /** Page to host, answered: a Choice. */
  pick: 'window:pick',
} as const;

/** What the preload script exposes to the page as `window.chromabench`: these functions and nothing else of Electron. */
export interface HostBridge {
  /** `process.platform` of the machine. */
  platform: string;
  join(): void;
  send(message: FromWindow): void;
  onMessage(listener: (message: unknown) => void): () => void;
  onCommand(listener: (command: HostCommand) => void): () => void;
  tellNews(news: HostNews): void;
  /** @param listener Told the paths once they may be used, or why they may not. */
  onDrop(listener: (paths: string[], refusal?: string) => void): () => void;
  /** The system's own dialog. */
  pick(choice: Choice): Promise<string[] | undefined>;
}
