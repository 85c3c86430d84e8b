import type { WebSocket } from 'ws';
import { checked } from '../../../shared/contract/check.js';
import type { RequestName } from '../../../shared/contract/requests.js';
import { type FromWindow, fromWindowSchema, type ToWindow } from '../../../shared/contract/wire.js';
import { UserError } from '../../core/errors.js';
import type { EngineClient } from '../../engine/engine-client.js';

/** Close codes of RFC 6455. */
const UNSUPPORTED_DATA = 1003;
const POLICY_VIOLATION = 1008;
/** A window that does not read what it is told is let go before it fills the memory; it comes back and asks anew. */
const MOST_UNREAD_BYTES = 64 * 2 ** 20;

/** One window on a WebSocket: its requests go to the engine, what the engine tells goes to it. */
export function serveWindow(socket: WebSocket, engine: EngineClient): void {
  const tell = (message: ToWindow) => {
    if (socket.bufferedAmount > MOST_UNREAD_BYTES) socket.terminate();
    else if (socket.readyState === socket.OPEN) socket.send(JSON.stringify(message));
  };
  const leave = [
    engine.subscribe((event) => tell({ type: 'event', event })),
    engine.watch((state) => tell({ type: 'engine', engine: state })),
  ];
  socket.on('close', () => leave.forEach((end) => end()));
  // A broken connection closes by itself; the window opens a new one.
  socket.on('error', () => {});
  socket.on('message', (data, isBinary) => {
    if (isBinary) return socket.close(UNSUPPORTED_DATA, 'Only text is spoken here.');
    const request = readRequest(String(data));
    if (!request) return socket.close(POLICY_VIOLATION, 'The message does not fit the contract.');
    void answer(engine, request).then(tell);
  });
  tell({ type: 'engine', engine: engine.state });
}

function readRequest(text: string): FromWindow | undefined {
  try {
    return checked(fromWindowSchema, JSON.parse(text), 'message of the window');
  } catch {
    return undefined;
  }
}

async function answer(engine: EngineClient, { id, name, body }: FromWindow): Promise<ToWindow> {
  try {
    // The engine checks name and body against the contract.
    return { type: 'reply', id, reply: await engine.request(name as RequestName, body as never) };
  } catch (error) {
    const message = error instanceof Error ? error.message : String(error);
    return { type: 'refusal', id, error: { message, expected: error instanceof UserError } };
  }
}
