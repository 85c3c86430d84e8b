/**
 * The way through package registries alone: TensorFlow's libraries and headers out of the Python package index's wheel, and
 * tfjs-node's addon compiled against them.
 */
import { copyFile, mkdir, readdir, rename } from 'node:fs/promises';
import { basename, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { demandSpace } from '../cache.mjs';
import { findProgram, run, tellingLine } from '../command.mjs';
import { ClosedWay } from '../fault.mjs';
import { hasGlibc } from '../platform.mjs';
import { findPip } from '../python.mjs';
import { downloadWheel } from '../python-wheel.mjs';
import { openProgress } from '../report.mjs';

/** The newest version against whose headers the addon of tfjs-node 4.22 compiles; later ones moved them. */
export const tensorflowVersion = '2.15.1';
/** Makes any pip choose wheels of this platform and of the Python that the pinned ones are named after. */
export const forPython311 = ['--platform', 'manylinux2014_x86_64', '--python-version', '3.11', '--implementation', 'cp', '--abi', 'cp311', '--abi', 'none'];

const pinned = {
  name: 'tensorflow-cpu',
  version: tensorflowVersion,
  file: 'tensorflow_cpu-2.15.1-cp311-cp311-manylinux_2_17_x86_64.manylinux2014_x86_64.whl',
  sha256: '54660c074d7241a503e81edfd9f5ef5af88f64051b72e2945f26318c790f2d26',
  bytes: 207_208_420,
  selection: forPython311,
};
const spaceNeeded = 1.1e9;
const compilers = ['c++', 'g++', 'clang++'];
const libraries = ['libtensorflow_cc.so.2', 'libtensorflow_framework.so.2'];

/** @type {import('../engine-making.mjs').Way} */
export const wheel = { name: `TensorFlow ${tensorflowVersion}'s wheel and a compile of the addon`, make };

/** @param {import('../engine-making.mjs').Site} site */
async function make(site) {
  const tools = await demandTools();
  await demandSpace(site.cache, spaceNeeded, 'Preparing TensorFlow');
  await makeFromWheel(site, tools, pinned);
}

/**
 * An engine with the libraries of one of TensorFlow's wheels.
 * @param {import('../engine-making.mjs').Site} site
 * @param {Tools} tools
 * @param {import('../python-wheel.mjs').Wheel} wheelOfTensorflow
 * @throws {ClosedWay}
 */
export async function makeFromWheel({ checkout, cache, stage, output }, tools, wheelOfTensorflow) {
  const archive = await downloadWheel(tools.python, wheelOfTensorflow, cache, stage);
  const unpacked = join(stage, 'unpacked');
  await unpackWheel(tools.python, 'unpack_wheel.py', archive, unpacked);
  await assemble(unpacked, wheelOfTensorflow, output);
  await compile(tools.compiler, checkout, join(unpacked, 'tensorflow', 'include'), output);
}

/** @typedef {{ compiler: string, python: string }} Tools */

/**
 * Everything that is missing is named at once, before the download.
 * @returns {Promise<Tools>}
 * @throws {ClosedWay}
 */
export async function demandTools() {
  if (process.platform !== 'linux' || process.arch !== 'x64' || !hasGlibc()) {
    throw new ClosedWay(`the wheel is for Linux on x64 with glibc; this is ${process.platform} on ${process.arch}`);
  }
  const compiler = process.env.CXX || findProgram(compilers);
  const python = await findPip();
  if (compiler && python) return { compiler, python };
  const missing = [...(compiler ? [] : ['a C++ compiler']), ...(python ? [] : ['Python 3 with pip'])];
  const debian = [...(compiler ? [] : ['g++']), ...(python ? [] : ['python3', 'python3-pip'])].join(' ');
  const fedora = [...(compiler ? [] : ['gcc-c++']), ...(python ? [] : ['python3', 'python3-pip'])].join(' ');
  throw new ClosedWay(
    `${missing.join(' and ')} ${missing.length > 1 ? 'were' : 'was'} not found`,
    `install ${missing.join(' and ')} (Debian, Ubuntu: apt-get install ${debian}; Fedora: dnf install ${fedora})`,
  );
}

/**
 * @param {string} python
 * @param {string} unpacker Name of a program beside this one, which is called with the archive and the folder.
 * @param {string} archive
 * @param {string} to
 * @throws {ClosedWay}
 */
export async function unpackWheel(python, unpacker, archive, to) {
  const progress = openProgress(`Unpacking ${basename(archive)}`);
  const script = fileURLToPath(new URL(unpacker, import.meta.url));
  const { code, output } = await run(python, [script, archive, to]);
  progress.end(code === 0 ? 'done' : 'failed');
  if (code !== 0) throw new ClosedWay(`the wheel ${basename(archive)} could not be unpacked: ${tellingLine(output)}`);
}

/**
 * @param {string} unpacked
 * @param {import('../python-wheel.mjs').Wheel} wheelOfTensorflow
 * @param {string} output
 */
async function assemble(unpacked, { name, version }, output) {
  const place = join(output, 'deps', 'lib');
  await mkdir(place, { recursive: true });
  for (const library of libraries) await rename(join(unpacked, 'tensorflow', library), join(place, library));
  await copyFile(join(unpacked, `${name.replaceAll('-', '_')}-${version}.dist-info`, 'LICENSE'), join(output, 'deps', 'LICENSE'));
}

/**
 * @param {string} compiler
 * @param {string} checkout
 * @param {string} headers
 * @param {string} output
 */
async function compile(compiler, checkout, headers, output) {
  const modules = join(checkout, 'node_modules');
  const sources = join(modules, '@tensorflow', 'tfjs-node', 'binding');
  const addonFolder = join(output, 'lib', 'napi-v8');
  await mkdir(addonFolder, { recursive: true });
  const units = (await readdir(sources)).filter((name) => name.endsWith('.cc')).map((name) => join(sources, name));
  const args = [
    ...['-std=c++17', '-O2', '-fPIC', '-shared', '-DNAPI_VERSION=8'],
    ...[`-I${headers}`, `-I${join(modules, 'node-api-headers', 'include')}`, ...units],
    ...[`-L${join(output, 'deps', 'lib')}`, ...libraries.map((name) => `-l:${name}`), '-Wl,-rpath,$ORIGIN/../../deps/lib'],
    ...['-o', join(addonFolder, 'tfjs_binding.node')],
  ];
  const progress = openProgress('Compiling the addon');
  const result = await run(compiler, args).catch((/** @type {Error} */ error) => ({ code: 1, output: error.message }));
  progress.end(result.code === 0 ? 'done' : 'failed');
  if (result.code !== 0) throw new ClosedWay(`${compiler} could not compile the addon: ${tellingLine(result.output)}`, 'install a C++ compiler that knows C++17, with its standard library (Debian, Ubuntu: apt-get install g++)');
}
