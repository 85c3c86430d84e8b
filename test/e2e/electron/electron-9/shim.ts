/**
 * What the program uses of Electron and Node that Electron 9.4.1 does not have, made from what it has. For tests only; the rules that are tested
 * (who may send, what is served, where a page may go) are the program's own.
 */
import 'core-js/actual';
import childProcess, { type ChildProcess } from 'node:child_process';
import { app, ipcMain, session, type IpcMainEvent, type Protocol, type Session, type WebContents, type WindowOpenHandlerResponse } from 'electron';

type Handler = (request: { url: string; method: string }) => Promise<ShimResponse>;
type Answer = (answer: { statusCode: number; headers: Record<string, string>; mimeType?: string; charset?: string; data: Buffer }) => void;

/** As much of a Response as an answer of the window's scheme is. */
class ShimResponse {
  constructor(readonly body: Buffer | string, readonly init: { status: number; headers: Record<string, string> }) {}
}

globalThis.Response ??= ShimResponse as never;

function serve(protocol: Protocol & { registerBufferProtocol: (scheme: string, handler: (request: never, answer: Answer) => void) => unknown }) {
  protocol.handle ??= ((scheme: string, handler: Handler) => {
    protocol.registerBufferProtocol(scheme, (request, answer) => {
      void handler(request).then(({ body, init: { status, headers } }) => {
        const [mimeType, charset] = headers['Content-Type'].split('; charset=');
        answer({ statusCode: status, headers, mimeType, charset, data: Buffer.from(body as string) });
      });
    });
  }) as never;
}

function completeSession(its: Session): void {
  serve(its.protocol as never);
  its.setDevicePermissionHandler ??= () => {};
}

function completePage(contents: WebContents): void {
  contents.setWindowOpenHandler ??= (handler: (details: never) => WindowOpenHandlerResponse) => {
    contents.on('new-window' as never, ((event: Electron.Event, url: string) => handler({ url } as never).action === 'deny' && event.preventDefault()) as never);
  };
  contents.on('did-start-navigation', (event, _url, isSameDocument, isMainFrame) => void Object.assign(event, { isSameDocument, isMainFrame }));
  for (const name of ['will-navigate', 'will-redirect'] as const) contents.on(name as never, ((event: { url: string }, url: string) => (event.url = url)) as never);
}

/** The frame that sent a message: 1 is the number of a page's main frame in a sandboxed window's events. */
function completeEvent(event: IpcMainEvent): void {
  const { frameId, sender } = event as IpcMainEvent & { frameId: number };
  const isMain = frameId === (sender as WebContents & { mainFrameId?: number }).mainFrameId || frameId === 1;
  Object.defineProperty(event, 'senderFrame', { value: { url: sender.getURL(), parent: isMain ? null : {} } });
}

/** This Node's channel speaks JSON only: bytes arrive as what JSON made of them. */
function reviveBytes(message: unknown): void {
  const { picture } = message as { picture?: { bytes?: unknown } | null };
  const bytes = picture?.bytes as { type: 'Buffer'; data: number[] } | Record<string, number> | undefined;
  if (picture && bytes) picture.bytes = Uint8Array.from(bytes.type === 'Buffer' ? (bytes.data as number[]) : Object.values(bytes as Record<string, number>));
}

const { fork } = childProcess;
childProcess.fork = ((...args: Parameters<typeof fork>): ChildProcess => fork(...args).prependListener('message', reviveBytes)) as typeof fork;

const { emit } = ipcMain;
ipcMain.emit = function complete(name: string | symbol, event: IpcMainEvent, ...rest: unknown[]) {
  if (event && typeof event === 'object' && 'sender' in event) completeEvent(event);
  return emit.call(ipcMain, name, event, ...rest);
} as typeof emit;

const { handle } = ipcMain;
ipcMain.handle = ((channel: string, listener: (event: IpcMainEvent, ...rest: unknown[]) => unknown) =>
  handle.call(ipcMain, channel, ((event: never, ...rest: unknown[]) => (completeEvent(event), listener(event, ...rest))) as never)) as typeof handle;

// As root this Electron runs without its sandbox only; that the window asks for it is tested by its settings.
app.enableSandbox = () => {};
app.on('web-contents-created', (_event, contents) => completePage(contents));
void app.whenReady().then(() => completeSession(session.defaultSession));
