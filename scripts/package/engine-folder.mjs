/** The engine as it lies beside a packaged program: unpacked, because its Node reads no archives and the system loads its libraries. */
import { chmod, copyFile, cp, mkdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { placeTree } from '../setup/files.mjs';
import { portableNode } from './node-program.mjs';

/** Parts of the checkout that the engine reads. The main process and the window are in the archive. */
const PARTS = ['bin', 'out/main', 'out/shared', 'resources'];
/** What only compilers and people read, and what packages hold for browsers: a third of the size that is not TensorFlow itself. */
const NEEDLESS = [
  /\.(map|d\.[cm]?ts|cc|h|tsbuildinfo)$/,
  /^@tensorflow\/tfjs-node\/(binding|python|scripts)\//,
  /^@tensorflow\/.*_test\.js$/,
  /^@tensorflow\/tfjs(-(core|layers|data|converter|backend-\w+))?\/dist\/(miniprogram\/|tf[^/]*(?<!\.node)\.(js|html)$)/,
  /^onnxruntime-web\/dist\/(?!ort\.node\.min\.m?js$|ort-wasm-simd-threaded\.(wasm|mjs)$)/,
];

/**
 * @param {string} checkout Built and set up.
 * @param {string} to
 */
export async function placeEngine(checkout, to) {
  const node = portableNode();
  await mkdir(to, { recursive: true });
  for (const part of PARTS) await placeTree(join(checkout, part), join(to, part), isNeeded);
  for (const name of ['package.json', 'LICENSE']) await cp(join(checkout, name), join(to, name));
  for (const name of await productionPackages(checkout)) {
    await placeTree(join(checkout, 'node_modules', name), join(to, 'node_modules', name), (path) => isNeeded(`${name}/${path}`));
  }
  const program = join(to, process.platform === 'win32' ? 'node.exe' : 'node');
  await copyFile(node, program);
  await chmod(program, 0o755);
}

/**
 * Whether the engine reads a file when it runs.
 * @param {string} path Of a package's file: the package's name and the path inside of it, with `/`.
 */
export function isNeeded(path) {
  return !NEEDLESS.some((pattern) => pattern.test(path));
}

/**
 * Top-level packages that the program needs when it runs, as package-lock.json knows them; what lies in them comes along.
 * @param {string} checkout
 * @returns {Promise<string[]>}
 */
export async function productionPackages(checkout) {
  /** @type {{ packages: Record<string, { dev?: boolean, devOptional?: boolean }> }} */
  const { packages } = JSON.parse(await readFile(join(checkout, 'node_modules', '.package-lock.json'), 'utf8'));
  return Object.entries(packages).flatMap(([path, { dev, devOptional }]) => {
    const name = /^node_modules\/((@[^/]+\/)?[^/]+)$/.exec(path)?.[1];
    return name !== undefined && !dev && !devOptional ? [name] : [];
  });
}
