import { readFile } from 'node:fs/promises';
import { extname } from 'node:path';
import { protocol, type Session } from 'electron';
import { safeHeaders } from '../window/headers.js';
import { Refused } from '../window/refused.js';
import { contentAt, refusalOf, type WindowContent } from '../window/window-content.js';
import type { EngineClient } from '../../engine/engine-client.js';
import { isOurs, SCHEME } from './window-address.js';

/** What a build of the window is made of. */
const TYPES: Readonly<Record<string, string>> = {
  '.html': 'text/html; charset=utf-8', '.js': 'text/javascript; charset=utf-8', '.css': 'text/css; charset=utf-8', '.json': 'application/json',
  '.svg': 'image/svg+xml', '.png': 'image/png', '.jpg': 'image/jpeg', '.webp': 'image/webp', '.woff2': 'font/woff2', '.ttf': 'font/ttf',
};

/** Before the program is ready: addresses of ours behave like a site's, with an origin. */
export function announceScheme(): void {
  protocol.registerSchemesAsPrivileged([{ scheme: SCHEME, privileges: { standard: true, secure: true, supportFetchAPI: true, stream: true } }]);
}

/** @param folder Folder of the built window. */
export function serveScheme(session: Session, folder: string, engine: EngineClient): void {
  session.protocol.handle(SCHEME, (request) => answer(request, folder, engine));
}

async function answer(request: Pick<Request, 'method' | 'url'>, folder: string, engine: EngineClient): Promise<Response> {
  try {
    if (!isOurs(request.url)) throw new Refused(404, 'There is no such window.');
    if (request.method !== 'GET') throw new Refused(405, 'Only reading is served here.');
    const content = await contentAt(new URL(request.url).pathname, folder, engine);
    const headers = { ...safeHeaders(), 'Content-Type': typeOf(content), 'Cache-Control': content.cacheControl };
    return new Response(await bytesOf(content), { status: 200, headers });
  } catch (error) {
    const { status, message } = refusalOf(error);
    return new Response(`${message}\n`, { status, headers: { ...safeHeaders(), 'Content-Type': 'text/plain; charset=utf-8' } });
  }
}

function typeOf(content: WindowContent): string {
  return content.type ?? ('file' in content ? TYPES[extname(content.file).toLowerCase()] : undefined) ?? 'application/octet-stream';
}

async function bytesOf(content: WindowContent): Promise<Uint8Array<ArrayBuffer>> {
  if ('bytes' in content) return content.bytes as Uint8Array<ArrayBuffer>;
  return (readFile(content.file) as Promise<Buffer<ArrayBuffer>>).catch(() => {
    throw new Refused(404, 'It is gone.');
  });
}
