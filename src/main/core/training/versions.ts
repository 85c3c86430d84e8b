/** What wrote a run: programs and libraries with their versions. */
import { readFile } from 'node:fs/promises';
import { nativeEngine } from '../graph/index.js';
import { sharp } from '../photos/codec.js';

const PACKAGE = new URL('../../../../package.json', import.meta.url);

export async function versions(): Promise<Record<string, string>> {
  const { version } = JSON.parse(await readFile(PACKAGE, 'utf8')) as { version: string };
  return { chromabench: version, node: process.versions.node, tensorflow: tensorflowVersion(), sharp: sharp.versions.sharp ?? 'unknown' };
}

/** tfjs-node keeps the library's own version on the addon, which its types do not show. */
function tensorflowVersion(): string {
  const { binding } = nativeEngine().backend as unknown as { binding: { TF_Version: string } };
  return binding.TF_Version;
}
