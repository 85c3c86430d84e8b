import { UserError } from '../../core/errors.js';
import type { EngineClient } from '../../engine/engine-client.js';
import { MOST_PICTURE_NAME } from '../../engine/host-messages.js';
import type { Picture } from '../../engine/picture-desk.js';
import { Refused } from './refused.js';
import { fileWithin } from './static-files.js';

/** What an address of the window stands for: a file, or bytes that lie nowhere. */
export type WindowContent = FileContent | BytesContent;

export interface FileContent {
  /** Absolute path; inside of an archive where the program was packed into one. */
  file: string;
  /** Media type; by the file's name where absent. */
  type?: string;
  cacheControl: string;
}

export interface BytesContent {
  bytes: Uint8Array;
  type: string;
  cacheControl: string;
}

const PICTURES = '/pictures/';
/** Names in a build's assets folder carry a hash of their content; a thumbnail's address names its content. */
const FOREVER = 'private, max-age=31536000, immutable';
/** A run that takes the place of a deleted one has its id, and previews of the same steps, or hardest pictures of its own. */
const REPLACED = ['preview/', 'lab/'];

/**
 * The window's own files, and pictures by the names that the engine knows: the same addresses in every host.
 * @param pathname Path of the address, percent-encoded, beginning with `/`.
 * @param folder Folder of the built window.
 * @throws Refused where it stands for nothing that is served.
 */
export async function contentAt(pathname: string, folder: string, engine: Pick<EngineClient, 'picture'>): Promise<WindowContent> {
  if (pathname.startsWith(PICTURES)) return pictureNamed(pathname.slice(PICTURES.length), engine);
  const file = await fileWithin(folder, pathname === '/' ? '/index.html' : pathname);
  return { file, cacheControl: pathname.startsWith('/assets/') ? FOREVER : 'no-store' };
}

async function pictureNamed(name: string, engine: Pick<EngineClient, 'picture'>): Promise<WindowContent> {
  const picture = name.length > MOST_PICTURE_NAME ? null : await engine.picture(name);
  if (picture === null) throw new Refused(404, 'There is no such picture.');
  return { ...picture, cacheControl: cachingOf(name, picture) };
}

function cachingOf(name: string, picture: Picture): string {
  if ('bytes' in picture && !picture.immutable) return 'no-store';
  return REPLACED.some((kind) => name.startsWith(kind)) ? 'no-cache' : FOREVER;
}

/** Status and sentence of a request that cannot be served. */
export function refusalOf(error: unknown): { status: number; message: string } {
  const status = error instanceof Refused ? error.status : error instanceof UserError ? 404 : 500;
  return { status, message: error instanceof Error ? error.message : String(error) };
}
