import { type IpcMainEvent, type IpcMainInvokeEvent, ipcMain, type WebContents } from 'electron';
import { z } from 'zod';
import { absolutePath } from '../../../shared/contract/absolute-path.js';
import { type HostCommand, type HostNews, hostNewsSchema } from '../../../shared/contract/bridge.js';
import { CHANNELS } from '../../../shared/contract/channels.js';
import { checked } from '../../../shared/contract/check.js';
import { type Choice, choiceSchema } from '../../../shared/contract/choice.js';
import type { EngineClient } from '../../engine/engine-client.js';
import { WindowLink } from '../window/window-link.js';
import { isFromWindow } from './sender.js';

/** What the door asks of the program. */
export interface DoorHome {
  /** The menus should show this now. */
  show(news: HostNews): void;
  /** Asks with the system's dialog; undefined where the person gave up. */
  pick(choice: Choice): Promise<string[] | undefined>;
  /** Lets the window use paths: a person has dropped these on it. */
  grant(paths: readonly string[]): Promise<void>;
}

const droppedSchema = z.array(absolutePath).max(10_000);

/** The window's wire over Electron's channels. What comes from anywhere but the window's own main frame is not heard. */
export class WindowDoor {
  private link: WindowLink | undefined;
  /** A page that is about to go would take a command with it: what is given meanwhile waits for the next one. */
  private loading = false;
  /** Commands given before the page listened. */
  private readonly early: HostCommand[] = [];

  constructor(private readonly contents: WebContents, private readonly engine: EngineClient, home: DoorHome) {
    this.hear(CHANNELS.join, () => this.join());
    this.hear(CHANNELS.send, (message) => this.receive(message));
    this.hear(CHANNELS.news, (news) => home.show(checked(hostNewsSchema, news, 'news of the window')));
    this.answer(CHANNELS.pick, (choice) => home.pick(checked(choiceSchema, choice, 'choice')));
    this.answer(CHANNELS.drop, (paths) => home.grant(checked(droppedSchema, paths, 'paths dropped on the window')));
    contents.on('did-start-navigation', ({ isMainFrame, isSameDocument }) => (this.loading ||= isMainFrame && !isSameDocument));
    // Also where the page stayed, since where it wanted to go it may not.
    contents.on('did-stop-loading', () => this.loaded());
    contents.on('render-process-gone', () => this.part());
    contents.once('destroyed', () => this.part());
  }

  /** Hands a command of the menu, or a folder, to the page. */
  command(command: HostCommand): void {
    if (this.link && !this.loading) this.contents.send(CHANNELS.command, command);
    else this.early.push(command);
  }

  /** A page has loaded and listens. */
  private join(): void {
    this.part();
    this.link = new WindowLink(this.engine, (message) => {
      if (!this.contents.isDestroyed()) this.contents.send(CHANNELS.message, message);
    });
    this.loaded();
  }

  private loaded(): void {
    this.loading = false;
    if (this.link) this.early.splice(0).forEach((command) => this.command(command));
  }

  private part(): void {
    this.link?.leave();
    this.link = undefined;
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

  private answer(channel: string, reply: (body: unknown) => Promise<unknown>): void {
    ipcMain.handle(channel, (event: IpcMainInvokeEvent, body: unknown) => {
      if (!isFromWindow(event, this.contents)) throw new Error('This page is not answered.');
      return reply(body);
    });
    this.contents.once('destroyed', () => ipcMain.removeHandler(channel));
  }
}
