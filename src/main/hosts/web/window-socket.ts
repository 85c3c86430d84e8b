import type { WebSocket } from 'ws';
import type { ToWindow } from '../../../shared/contract/wire.js';
import type { EngineClient } from '../../engine/engine-client.js';
import { WindowLink } from '../window/window-link.js';

/** Close codes of RFC 6455. */
const UNSUPPORTED_DATA = 1003;
const POLICY_VIOLATION = 1008;
/** A window that does not read what it is told is let go before it fills the memory; it comes back and asks anew. */
const MOST_UNREAD_BYTES = 32 * 2 ** 20;
/** A window with this much to read, or to be answered, is not listened to until there is less. */
const ENOUGH_UNREAD_BYTES = 2 ** 20;
const ENOUGH_UNDER_WAY = 64;
const LOOK_AGAIN_MS = 20;

/** One window on a WebSocket. */
export function serveWindow(socket: WebSocket, engine: EngineClient): void {
  const link = new WindowLink(engine, (message: ToWindow) => {
    if (socket.bufferedAmount > MOST_UNREAD_BYTES) socket.terminate();
    else if (isSuperseded(message) && socket.bufferedAmount > ENOUGH_UNREAD_BYTES) return;
    else if (socket.readyState === socket.OPEN) socket.send(JSON.stringify(message));
  });
  const rest = () => {
    if (link.underWay < ENOUGH_UNDER_WAY && socket.bufferedAmount < ENOUGH_UNREAD_BYTES) return socket.resume();
    socket.pause();
    if (socket.readyState === socket.OPEN) setTimeout(rest, LOOK_AGAIN_MS);
  };
  socket.on('close', () => link.leave());
  // A broken connection closes by itself; the window opens a new one.
  socket.on('error', () => {});
  socket.on('message', (data, isBinary) => {
    if (isBinary) return socket.close(UNSUPPORTED_DATA, 'Only text is spoken here.');
    try {
      link.receive(JSON.parse(String(data)));
      if (!socket.isPaused) rest();
    } catch {
      socket.close(POLICY_VIOLATION, 'The message does not fit the contract.');
    }
  });
}

/** A later one says more: a window that reads slowly can do without. */
function isSuperseded(message: ToWindow): boolean {
  return message.type === 'event' && message.event.type === 'progress';
}
