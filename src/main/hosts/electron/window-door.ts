import { type IpcMainEvent, ipcMain, type WebContents } from 'electron';
import type { HostCommand, HostNews } from '../../../shared/contract/bridge.js';
import { hostNewsSchema } from '../../../shared/contract/bridge.js';
import { CHANNELS } from '../../../shared/contract/channels.js';
import { checked } from '../../../shared/contract/check.js';
import type { EngineClient } from '../../engine/engine-client.js';
import { WindowLink } from '../window/window-link.js';
import { isFromWindow } from './sender.js';

/** The window's wire over Electron's channels. What comes from anywhere but the window's own main frame is not heard. */
export class WindowDoor {
  private link: WindowLink | undefined;
  /** Told what the menus should show. */
  onNews: (news: HostNews) => void = () => {};
  /** Commands given before the page listened. */
  private readonly early: HostCommand[] = [];

  constructor(private readonly contents: WebContents, private readonly engine: EngineClient) {
    this.hear(CHANNELS.join, () => this.join());
    this.hear(CHANNELS.send, (message) => this.receive(message));
    this.hear(CHANNELS.news, (news) => this.onNews(checked(hostNewsSchema, news, 'news of the window')));
    contents.once('destroyed', () => this.link?.leave());
  }

  /** Hands a command of the menu, or a folder, to the page. */
  command(command: HostCommand): void {
    if (this.link) this.contents.send(CHANNELS.command, command);
    else this.early.push(command);
  }

  /** A page has loaded; one that was there before has gone. */
  private join(): void {
    this.link?.leave();
    this.link = new WindowLink(this.engine, (message) => {
      if (!this.contents.isDestroyed()) this.contents.send(CHANNELS.message, message);
    });
    this.early.splice(0).forEach((command) => this.command(command));
  }

  private receive(message: unknown): void {
    this.link?.receive(message);
  }

  private hear(channel: string, take: (message: unknown) => void): void {
    const heard = (event: IpcMainEvent, message: unknown) => {
      if (!isFromWindow(event, this.contents)) return;
      try {
        take(message);
      } catch (error) {
        // A page of ours does not send such a message: it is one no longer, and is loaded anew.
        console.error(error instanceof Error ? error.message : error);
        this.contents.reload();
      }
    };
    ipcMain.on(channel, heard);
    this.contents.once('destroyed', () => ipcMain.removeListener(channel, heard));
  }
}
