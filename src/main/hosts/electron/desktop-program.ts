import { app, BrowserWindow, dialog, Menu, nativeTheme, screen, session } from 'electron';
import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import { isDeepStrictEqual } from 'node:util';
import type { HostCommand, HostNews } from '../../../shared/contract/bridge.js';
import type { Choice } from '../../../shared/contract/choice.js';
import { settingsFolder } from '../../core/user-folders.js';
import { EngineClient } from '../../engine/engine-client.js';
import { DesktopSigns } from './desktop-signs.js';
import { dialogOptions } from './dialog-options.js';
import { givenFolder } from './given-folder.js';
import { ANSWERS, type ClosingAnswer, type ClosingQuestion } from './job-words.js';
import { Leaving } from './leaving.js';
import { menuTemplate } from './menu-template.js';
import { OpenJobs } from './open-jobs.js';
import { mayGoOn } from './sandbox-question.js';
import { APP_ID, engineProgram, PRELOAD, WINDOW_FOLDER } from './program-places.js';
import { WINDOW_URL } from './window-address.js';
import { WindowDoor } from './window-door.js';
import { guardPage, guardSession } from './window-guard.js';
import { keepPlace, keptPlace, placeOn } from './window-place.js';
import { serveScheme } from './window-scheme.js';
import { windowSettings } from './window-settings.js';

const UNTOLD: HostNews = { enabled: [], recentFolders: [], theme: 'system' };
const SIGNALS = ['SIGINT', 'SIGTERM', 'SIGHUP'] as const;
/** A page that dies again within this time is not loaded again by itself. */
const PAGE_MUST_LIVE_MS = 10_000;

/** The desktop program: one window on one engine, from its start to its end. */
export class DesktopProgram {
  private engine!: EngineClient;
  private jobs!: OpenJobs;
  private signs!: DesktopSigns;
  private leaving!: Leaving;
  private window!: BrowserWindow;
  private door!: WindowDoor;
  /** Ending has begun; there is no way back. */
  private ending = false;
  /** Started again while it was ending; with the folder that was named. */
  private wanted: { folder?: string } | undefined;
  /** Folder named by a second start or by the system before the window was there. */
  private early: string | undefined;
  /** What the menus show. */
  private news: HostNews | undefined;
  private loadedAt = 0;

  /** Settles what Electron wants to know before it is ready. */
  static prepare(): void {
    // Beside our settings, not among them. Programs with other settings are other programs.
    const place = join(settingsFolder(), 'window');
    mkdirSync(place, { recursive: true });
    app.setPath('userData', place);
    // Windows shows notices of a program under the name of its installation only.
    app.setAppUserModelId(APP_ID);
  }

  begin(): void {
    app.on('web-contents-created', (_event, contents) => guardPage(contents));
    app.on('second-instance', (_event, words, from) => this.startedAgain(givenFolder(wordsAfterProgram(words), from)));
    app.on('open-file', (event, path) => {
      event.preventDefault();
      void app.whenReady().then(() => this.startedAgain(path));
    });
    app.on('activate', () => this.window && this.present());
    app.on('before-quit', (event) => {
      // Before it is ready there is nothing to ask about.
      if (this.ending || !this.leaving) return;
      event.preventDefault();
      void this.leaving.leave();
    });
    for (const signal of SIGNALS) process.on(signal, () => void this.end());
    void app.whenReady().then(async () => ((await mayGoOn()) ? this.open() : app.exit(0)));
  }

  private open(): void {
    this.engine = new EngineClient(this.early ?? givenFolder(wordsAfterProgram(process.argv), process.cwd()), engineProgram());
    // Closed over work that was lost with its engine, the window comes back and says so.
    this.engine.watch(() => !this.window.isVisible() && this.present());
    this.jobs = new OpenJobs(this.engine);
    this.leaving = new Leaving(this.jobs, { ask: (question) => this.ask(question), hide: () => this.window.hide(), end: () => this.end() });
    guardSession(session.defaultSession);
    serveScheme(session.defaultSession, WINDOW_FOLDER, this.engine);
    this.openWindow();
    this.signs = new DesktopSigns(this.window, this.jobs);
    this.jobs.onChange = () => {
      this.signs.show();
      this.leaving.workChanged();
    };
    this.jobs.onEnd = (job, outcome) => this.signs.tellEnd(job, outcome, () => this.present());
    this.showMenu(UNTOLD);
  }

  private openWindow(): void {
    const { maximized, ...place } = placeOn(screen.getAllDisplays().map(({ workArea }) => workArea), keptPlace());
    this.window = new BrowserWindow({ ...windowSettings(PRELOAD, nativeTheme.shouldUseDarkColors), ...place });
    this.door = new WindowDoor(this.window.webContents, this.engine, {
      show: (news) => this.showMenu(news),
      pick: (choice) => this.pick(choice),
      grant: (paths) => this.engine.grant(paths),
    });
    this.window.once('ready-to-show', () => {
      if (maximized) this.window.maximize();
      this.window.show();
    });
    this.window.on('close', (event) => {
      if (this.ending) return;
      event.preventDefault();
      void this.leaving.leave();
    });
    this.window.webContents.on('render-process-gone', (_event, { reason }) => this.pageDied(reason));
    this.load();
  }

  private load(): void {
    this.loadedAt = Date.now();
    void this.window.loadURL(WINDOW_URL).catch((error: Error) => console.error(`The window could not be loaded: ${error.message}`));
  }

  /** State lives in the engine and on disk: a page that died is loaded again and shows what is going on. */
  private pageDied(reason: string): void {
    if (this.ending || reason === 'clean-exit') return;
    if (Date.now() - this.loadedAt > PAGE_MUST_LIVE_MS) return this.load();
    void dialog.showMessageBox({ type: 'error', message: 'The window crashed.', detail: `Its process ended (${reason}). Running work goes on.`, buttons: ['Open Again'] }).then(() => this.load());
  }

  private async pick(choice: Choice): Promise<string[] | undefined> {
    const { canceled, filePaths } = await dialog.showOpenDialog(this.window, dialogOptions(choice, process.platform === 'darwin'));
    if (canceled || !filePaths.length) return undefined;
    await this.engine.grant(filePaths);
    return filePaths;
  }

  private showMenu(news: HostNews): void {
    if (isDeepStrictEqual(news, this.news)) return;
    this.news = news;
    nativeTheme.themeSource = news.theme;
    Menu.setApplicationMenu(Menu.buildFromTemplate(menuTemplate({ news, isMac: process.platform === 'darwin', give: (command) => this.give(command) })));
  }

  private give(command: HostCommand): void {
    this.present();
    this.door.command(command);
  }

  /** @param folder Named by the second start. */
  private startedAgain(folder: string | undefined): void {
    if (this.ending) this.wanted = { folder };
    else if (!this.window) this.early = folder ?? this.early;
    else if (folder === undefined) this.present();
    // A folder that is not there is the window's to complain of.
    else void this.engine.grant(folder).catch(() => {}).then(() => this.give({ type: 'folder', path: folder }));
  }

  private present(): void {
    if (this.ending) return;
    this.leaving.stay();
    if (this.window.isMinimized()) this.window.restore();
    this.window.show();
    this.window.focus();
  }

  private async ask(question: ClosingQuestion): Promise<ClosingAnswer> {
    this.present();
    const { response } = await dialog.showMessageBox(this.window, { type: 'question', ...question, defaultId: 0, cancelId: ANSWERS.indexOf('cancel'), noLink: true });
    return ANSWERS[response];
  }

  /** Work is put away, then everything goes. */
  private async end(): Promise<void> {
    if (this.ending) return;
    this.ending = true;
    if (this.window && !this.window.isDestroyed()) await this.putWindowAway();
    await this.engine?.close();
    if (this.wanted) app.relaunch(startedWith(this.wanted.folder));
    app.exit(0);
  }

  private async putWindowAway(): Promise<void> {
    await keepPlace({ ...this.window.getNormalBounds(), maximized: this.window.isMaximized() }).catch((error: Error) => console.error(error.message));
    this.window.hide();
  }
}

/** How the program is started once more. What an AppImage holds is gone when it ends: the image itself is started. */
function startedWith(folder: string | undefined): Electron.RelaunchOptions {
  const words = process.argv.slice(1);
  const own = wordsAfterProgram(process.argv);
  const args = folder === undefined ? words : [...words.filter((word) => !own.includes(word)), folder];
  return { execPath: process.env.APPIMAGE ?? process.execPath, args };
}

/** In a checkout the first word that is no switch is the script that Electron runs. */
function wordsAfterProgram(words: readonly string[]): string[] {
  const own = words.slice(1).filter((word) => !word.startsWith('-'));
  return app.isPackaged ? own : own.slice(1);
}
