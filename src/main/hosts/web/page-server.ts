import type { IncomingMessage, ServerResponse } from 'node:http';
import { basename, dirname } from 'node:path';
import send from 'send';
import type { EngineClient } from '../../engine/engine-client.js';
import { Refused } from '../window/refused.js';
import { contentAt, refusalOf, type WindowContent } from '../window/window-content.js';
import { addressOf, type Gate } from './gate.js';

export interface PageSource {
  /** Folder of the built window. */
  folder: string;
  headers: Readonly<Record<string, string>>;
}

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
    stream(request, response, await contentAt(pathname, this.source.folder, this.engine));
  }
}

/** The token leaves the address: the page goes on with a cookie that scripts cannot read. */
function admit(response: ServerResponse, pathname: string, cookie: string): void {
  response.writeHead(303, { 'Set-Cookie': cookie, Location: pathname.replace(/^\/+/, '/'), 'Cache-Control': 'no-store' }).end();
}

function stream(request: IncomingMessage, response: ServerResponse, { file, type, cacheControl }: WindowContent): void {
  response.setHeader('Cache-Control', cacheControl);
  if (type !== undefined) response.setHeader('Content-Type', type);
  send(request, encodeURIComponent(basename(file)), { root: dirname(file), cacheControl: false, dotfiles: 'allow' })
    .on('error', () => refuse(response, new Refused(404, 'It is gone.')))
    .pipe(response);
}

function refuse(response: ServerResponse, error: unknown): void {
  if (response.headersSent) return void response.destroy();
  const { status, message } = refusalOf(error);
  response.removeHeader('Cache-Control');
  response.writeHead(status, { 'Content-Type': 'text/plain; charset=utf-8', 'Cache-Control': 'no-store', Connection: 'close' });
  response.end(`${message}\n`);
}
