/** What wrote a run: programs and libraries with their versions. */
import { readFile } from 'node:fs/promises';
import { nativeEngine } from '../graph/index.js';
import { sharp } from '../photos/codec.js';

const PACKAGE = new URL('../../../../package.json', import.meta.url);

export async function versions(): Promise<Record<string, string>> {
  const { version } = JSON.parse(await readFile(PACKAGE, 'utf8')) as { version: string };
  return { chromabench: version, node: process.version, ...nativeVersions(), vips: sharp.versions.vips };
}

function nativeVersions(): Record<string, string> {
  const { version } = nativeEngine().tfjs;
  return { 'tfjs-node': version['tfjs-node'] };
}
