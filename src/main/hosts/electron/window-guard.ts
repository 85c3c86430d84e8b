import type { Session, WebContents } from 'electron';
import { isOurs } from './window-address.js';

/** The page stays where it is, opens nothing, holds no other page, and is granted nothing. */
export function guardPage(contents: WebContents): void {
  contents.on('will-navigate', (event) => stay(event));
  contents.on('will-redirect', (event) => stay(event));
  contents.on('will-attach-webview', (event) => event.preventDefault());
  contents.setWindowOpenHandler(() => ({ action: 'deny' }));
}

/** No camera, no place, no notifications: a page of ours asks for none of it, but it may copy. Nothing comes from the network. */
export function guardSession(session: Session): void {
  session.setPermissionRequestHandler((_contents, permission, answer, asked) => answer(isGranted(permission, asked)));
  session.setPermissionCheckHandler((_contents, permission, origin, asked) => isGranted(permission, { requestingUrl: `${origin}/`, ...asked }));
  session.setDevicePermissionHandler(() => false);
  session.webRequest.onBeforeRequest({ urls: ['http://*/*', 'https://*/*', 'ws://*/*', 'wss://*/*', 'ftp://*/*', 'file://*/*'] }, (_details, answer) => answer({ cancel: true }));
}

/** Text and pictures are put on the clipboard by the main frame of a page of ours; nothing is read from there. */
export function isGranted(permission: string, { isMainFrame, requestingUrl = '' }: { isMainFrame: boolean; requestingUrl?: string }): boolean {
  return permission === 'clipboard-sanitized-write' && isMainFrame && isOurs(requestingUrl);
}

function stay(event: { url: string; preventDefault(): void }): void {
  if (!isOurs(event.url)) event.preventDefault();
}
