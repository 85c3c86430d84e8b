import type { IncomingMessage, ServerResponse } from 'node:http';
import { basename, dirname } from 'node:path';
import send from 'send';
import { UserError } from '../../core/errors.js';
import type { EngineClient } from '../../engine/engine-client.js';
import { addressOf, type Gate, Refused } from './gate.js';
import { fileWithin } from './static-files.js';

export interface PageSource {
  /** Folder of the built window. */
  folder: string;
  headers: Readonly<Record<string, string>>;
}

/** Names in a build's assets folder carry a hash of their content. */
const FOREVER = 'private, max-age=31536000, immutable';

/** Answers plain requests: the window's own files, and pictures by the names that the engine knows. */
export class PageServer {
  constructor(private readonly gate: Gate, private readonly engine: Pick<EngineClient, 'picture'>, private readonly source: PageSource) {}

  /** Always answers. */
  async answer(request: IncomingMessage, response: ServerResponse): Promise<void> {
    for (const [name, value] of Object.entries(this.source.headers)) response.setHeader(name, value);
    try {
      await this.serve(request, response);
    } catch (error) {
      refuse(response, error);
    }
  }

  private async serve(request: IncomingMessage, response: ServerResponse): Promise<void> {
    this.gate.checkHost(request);
    if (request.method !== 'GET' && request.method !== 'HEAD') throw new Refused(405, 'Only reading is served here.');
    this.gate.checkOrigin(request, false);
    const { pathname } = addressOf(request.url);
    const cookie = this.gate.admission(request);
    if (cookie !== undefined) return admit(response, pathname, cookie);
    this.gate.checkSession(request);
    if (pathname.startsWith('/pictures/')) return this.servePicture(request, response, pathname.slice('/pictures/'.length));
    const file = await fileWithin(this.source.folder, pathname === '/' ? '/index.html' : pathname);
    stream(request, response, file, pathname.startsWith('/assets/') ? FOREVER : 'no-store');
  }

  private async servePicture(request: IncomingMessage, response: ServerResponse, name: string): Promise<void> {
    const picture = await this.engine.picture(name);
    if (picture === null) throw new Refused(404, 'There is no such picture.');
    response.setHeader('Content-Type', picture.type);
    // A thumbnail's address names its content; a preview is written once.
    stream(request, response, picture.file, FOREVER);
  }
}

/** The token leaves the address: the page goes on with a cookie that scripts cannot read. */
function admit(response: ServerResponse, pathname: string, cookie: string): void {
  response.writeHead(303, { 'Set-Cookie': cookie, Location: pathname.replace(/^\/+/, '/'), 'Cache-Control': 'no-store' }).end();
}

function stream(request: IncomingMessage, response: ServerResponse, file: string, cacheControl: string): void {
  response.setHeader('Cache-Control', cacheControl);
  send(request, encodeURIComponent(basename(file)), { root: dirname(file), cacheControl: false, dotfiles: 'allow' })
    .on('error', () => refuse(response, new Refused(404, 'It is gone.')))
    .pipe(response);
}

function refuse(response: ServerResponse, error: unknown): void {
  if (response.headersSent) return void response.destroy();
  const status = error instanceof Refused ? error.status : error instanceof UserError ? 404 : 500;
  response.removeHeader('Cache-Control');
  response.writeHead(status, { 'Content-Type': 'text/plain; charset=utf-8', 'Cache-Control': 'no-store', Connection: 'close' });
  response.end(`${error instanceof Error ? error.message : String(error)}\n`);
}
