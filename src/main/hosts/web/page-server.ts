import type { IncomingMessage, ServerResponse } from 'node:http';
import { basename, dirname } from 'node:path';
import send from 'send';
import { z } from 'zod';
import { absolutePath } from '../../../shared/contract/absolute-path.js';
import { checked } from '../../../shared/contract/check.js';
import type { EngineClient } from '../../engine/engine-client.js';
import { Refused } from '../window/refused.js';
import { type BytesContent, contentAt, type FileContent, refusalOf } from '../window/window-content.js';
import { addressOf, type Gate } from './gate.js';
import type { UploadDesk } from './upload-desk.js';

export interface PageSource {
  /** Folder of the built window. */
  folder: string;
  headers: Readonly<Record<string, string>>;
}

/** Below the base, `/dropped/DROP/PATH`: a file dropped on a page, by the drop that it belongs to. */
const DROPPED = /^\/dropped\/([0-9a-f]{16})\/(.+)$/;

const openSchema = z.strictObject({ folder: absolutePath.optional() });
const MOST_JSON_BYTES = 16_384;

/** Answers plain requests: the window's own files, pictures by the names that the engine knows; and takes files dropped on a page. */
export class PageServer {
  constructor(private readonly gate: Gate, private readonly engine: Pick<EngineClient, 'picture' | 'grant'>, private readonly source: PageSource, private readonly uploads: UploadDesk) {}

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
    const { pathname } = addressOf(request.url);
    if (request.method === 'POST') return pathname === '/open' ? this.openFor(request, response) : this.takeDropped(request, response);
    if (request.method !== 'GET' && request.method !== 'HEAD') throw new Refused(405, 'Only reading is served here.');
    this.gate.checkOrigin(request, false);
    const cookie = this.gate.admission(request);
    if (cookie !== undefined) return admit(response, this.gate.base, cookie);
    const content = await contentAt(this.gate.checkSession(request), this.source.folder, this.engine);
    if ('bytes' in content) sendBytes(request, response, content);
    else stream(request, response, content);
  }

  /** A second start of the program, with the folder that was named to it: its window will ask for it. */
  private async openFor(request: IncomingMessage, response: ServerResponse): Promise<void> {
    this.gate.checkProgram(request);
    const { folder } = checked(openSchema, await jsonOf(request), 'folder to open');
    if (folder !== undefined) await this.engine.grant(folder);
    response.writeHead(204).end();
  }

  /** Only for pages of ours: they always name their origin here. */
  private async takeDropped(request: IncomingMessage, response: ServerResponse): Promise<void> {
    this.gate.checkOrigin(request, true);
    const dropped = DROPPED.exec(this.gate.checkSession(request));
    if (!dropped) throw new Refused(405, 'Only reading is served here.');
    const taken = await this.uploads.take(dropped[1], decodedPath(dropped[2]), request);
    response.writeHead(201, { 'Content-Type': 'application/json', 'Cache-Control': 'no-store' }).end(JSON.stringify(taken));
  }
}

/** @throws Refused where the body is too long, or no JSON. */
async function jsonOf(request: IncomingMessage): Promise<unknown> {
  let text = '';
  for await (const chunk of request.setEncoding('utf8')) {
    text += chunk;
    if (text.length > MOST_JSON_BYTES) throw new Refused(413, 'That is too long.');
  }
  try {
    return JSON.parse(text);
  } catch {
    throw new Refused(400, 'The request cannot be read.');
  }
}

/** Steps are decoded one by one: an encoded slash is part of a name, and refused there. */
function decodedPath(path: string): string {
  try {
    const steps = path.split('/').map(decodeURIComponent);
    if (!steps.some((step) => step.includes('/'))) return steps.join('/');
  } catch {
    // Not an address that was made by encoding: refused below.
  }
  throw new Refused(400, 'The address cannot be read.');
}

/** The token leaves the address: the page goes on with a cookie that scripts cannot read. */
function admit(response: ServerResponse, base: string, cookie: string): void {
  response.writeHead(303, { 'Set-Cookie': cookie, 'Location': base, 'Cache-Control': 'no-store' }).end();
}

function stream(request: IncomingMessage, response: ServerResponse, { file, type, cacheControl }: FileContent): void {
  response.setHeader('Cache-Control', cacheControl);
  if (type !== undefined) response.setHeader('Content-Type', type);
  send(request, encodeURIComponent(basename(file)), { root: dirname(file), cacheControl: false, dotfiles: 'allow' })
    .on('error', () => refuse(response, new Refused(404, 'It is gone.')))
    .pipe(response);
}

function sendBytes({ method }: IncomingMessage, response: ServerResponse, { bytes, type, cacheControl }: BytesContent): void {
  response.writeHead(200, { 'Content-Type': type, 'Content-Length': bytes.byteLength, 'Cache-Control': cacheControl });
  response.end(method === 'HEAD' ? undefined : bytes);
}

function refuse(response: ServerResponse, error: unknown): void {
  if (response.headersSent) return void response.destroy();
  const { status, message } = refusalOf(error);
  response.removeHeader('Cache-Control');
  response.writeHead(status, { 'Content-Type': 'text/plain; charset=utf-8', 'Cache-Control': 'no-store', Connection: 'close' });
  response.end(`${message}\n`);
}
