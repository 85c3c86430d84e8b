import { isOurs } from './window-address.js';

/** What is looked at in a message that came from a page. */
export interface Sent {
  sender: { id: number };
  /** Null where the frame has gone meanwhile. */
  senderFrame: { url: string; parent: unknown } | null;
}

/** Whether a message came from the main frame of our own window, showing our own address. Frames in it and other windows are strangers. */
export function isFromWindow({ sender, senderFrame }: Sent, window: { id: number }): boolean {
  return sender.id === window.id && senderFrame !== null && senderFrame.parent === null && isOurs(senderFrame.url);
}
