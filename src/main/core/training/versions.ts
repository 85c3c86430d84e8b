/** What wrote a run: programs and libraries with their versions; and the engine, where it is not the processor's. */
import { chosenEngine, nativeEngine } from '../graph/index.js';
import { sharp } from '../photos/codec.js';
import { programVersion } from '../program-folder.js';

export function versions(): Record<string, string> {
  const engine = chosenEngine();
  return { chromabench: programVersion(), node: process.versions.node, tensorflow: tensorflowVersion(), sharp: sharp.versions.sharp ?? 'unknown', ...(engine !== 'cpu' && { engine }) };
}

/** tfjs-node keeps the library's own version on the addon, which its types do not show. */
function tensorflowVersion(): string {
  const { binding } = nativeEngine().backend as unknown as { binding: { TF_Version: string } };
  return binding.TF_Version;
}
