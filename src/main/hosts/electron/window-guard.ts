import type { Session, WebContents } from 'electron';
import { isOurs } from './window-address.js';

/** The page stays where it is, opens nothing, holds no other page, and is granted nothing. */
export function guardPage(contents: WebContents): void {
  contents.on('will-navigate', (event) => stay(event));
  contents.on('will-redirect', (event) => stay(event));
  contents.on('will-attach-webview', (event) => event.preventDefault());
  contents.setWindowOpenHandler(() => ({ action: 'deny' }));
}

/** No camera, no place, no notifications: a page of ours asks for none of it. Nothing comes from the network. */
export function guardSession(session: Session): void {
  session.setPermissionRequestHandler((_contents, _permission, answer) => answer(false));
  session.setPermissionCheckHandler(() => false);
  session.setDevicePermissionHandler(() => false);
  session.webRequest.onBeforeRequest({ urls: ['http://*/*', 'https://*/*', 'ws://*/*', 'wss://*/*', 'ftp://*/*', 'file://*/*'] }, (_details, answer) => answer({ cancel: true }));
}

function stay(event: { url: string; preventDefault(): void }): void {
  if (!isOurs(event.url)) event.preventDefault();
}
