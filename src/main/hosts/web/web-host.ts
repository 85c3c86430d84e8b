import { createServer, type IncomingMessage, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import type { Duplex } from 'node:stream';
import { WebSocketServer } from 'ws';
import { UserError } from '../../core/errors.js';
import type { EngineClient } from '../../engine/engine-client.js';
import { safeHeaders } from '../window/headers.js';
import { Refused } from '../window/refused.js';
import { Gate } from './gate.js';
import { PageServer } from './page-server.js';
import { UploadDesk } from './upload-desk.js';
import { serveWindow } from './window-socket.js';

export interface WebHostOptions {
  /** Where to listen; a free one where absent. */
  port?: number;
  /** Folder of the built window. */
  folder: string;
}

export interface WebHost {
  /** Address to open, with the launch token. */
  url: string;
  port: number;
  /** Lets every window go. Resolves when the port is free. */
  close(): Promise<void>;
}

const LOOPBACK = '127.0.0.1';
/** Below the gate's base. */
const SOCKET_PATH = '/door';
/** No request of the window is longer. */
const MOST_MESSAGE_BYTES = 2 ** 20;
/** A large scan is read from a slow disk in this time. */
const UPLOAD_WITHIN_MS = 30 * 60_000;
/** Windows at a time. */
const MOST_WINDOWS = 32;

/**
 * Serves the window on this machine and to nobody else.
 * @throws UserError where the port is taken, or the cache cannot be written.
 */
export async function startWebHost(engine: EngineClient, { port = 0, folder }: WebHostOptions): Promise<WebHost> {
  const uploads = new UploadDesk((place) => engine.grant(place, { passing: true }));
  const server = createServer({ maxHeaderSize: 16_384, headersTimeout: 30_000, requestTimeout: UPLOAD_WITHIN_MS });
  const bound = await listen(server, port);
  const gate = new Gate(bound);
  const pages = new PageServer(gate, engine, { folder, headers: safeHeaders(['127.0.0.1', 'localhost'].map((name) => `ws://${name}:${bound}`)) }, uploads);
  const sockets = new WebSocketServer({ noServer: true, maxPayload: MOST_MESSAGE_BYTES, perMessageDeflate: false });
  server.on('request', (request, response) => void pages.answer(request, response));
  server.on('upgrade', (request, socket, head) => {
    if (!mayOpen(gate, sockets, request, socket)) return;
    sockets.handleUpgrade(request, socket, head, (opened) => serveWindow(opened, engine));
  });
  return { url: `http://${LOOPBACK}:${bound}/?token=${gate.token}`, port: bound, close: () => close(server, sockets).finally(() => uploads.close()) };
}

function mayOpen(gate: Gate, sockets: WebSocketServer, request: IncomingMessage, socket: Duplex): boolean {
  socket.on('error', () => socket.destroy());
  try {
    gate.checkHost(request);
    gate.checkOrigin(request, true);
    if (gate.checkSession(request) !== SOCKET_PATH) throw new Refused(404, 'There is no such door.');
    if (sockets.clients.size >= MOST_WINDOWS) throw new Refused(403, 'Too many windows are open.');
    return true;
  } catch (error) {
    const { status, message } = error instanceof Refused ? error : new Refused(400, 'The request cannot be read.');
    socket.end(`HTTP/1.1 ${status} Refused\r\nConnection: close\r\nContent-Type: text/plain\r\n\r\n${message}\n`);
    return false;
  }
}

async function listen(server: Server, port: number): Promise<number> {
  await new Promise<void>((resolve, reject) => {
    // It stays: a connection that the system takes back before it is accepted is no reason to end.
    server.on('error', (error: NodeJS.ErrnoException) => reject(LISTEN_FAULTS[error.code ?? '']?.(port) ?? error));
    server.listen(port, LOOPBACK, resolve);
  });
  return (server.address() as AddressInfo).port;
}

const LISTEN_FAULTS: Readonly<Record<string, (port: number) => UserError>> = {
  EADDRINUSE: (port) => new UserError(`Port ${port} is taken by another program. Choose another with --port, or leave it out.`),
  EACCES: (port) => new UserError(`Port ${port} may not be used: the system keeps it. Choose one above 1023 with --port, or leave it out.`),
};

async function close(server: Server, sockets: WebSocketServer): Promise<void> {
  sockets.clients.forEach((socket) => socket.terminate());
  server.closeAllConnections();
  await new Promise((resolve) => server.close(resolve));
}
