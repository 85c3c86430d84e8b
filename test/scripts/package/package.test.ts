import { writeFile } from 'node:fs/promises';
import { createRequire } from 'node:module';
import { join, relative, sep } from 'node:path';
import { FuseV1Options, getCurrentFuseWire } from '@electron/fuses';
import { expect, test } from 'vitest';
import { isNeeded, productionPackages } from '../../../scripts/package/engine-folder.mjs';
import { setFuses } from '../../../scripts/package/fuses.mjs';
import { portableNode } from '../../../scripts/package/node-program.mjs';
import { temporaryFolder } from '../../helpers/temporary-folder.js';

const root = join(import.meta.dirname, '../../..');
/** Before the fuses of every Electron: a mark, their version, their number. */
const MARK = 'dL7pKGdnNz796PbbjQWNKmHXBZaB9tsX';
/** How a program holds the state of a fuse: as a digit. */
const [OFF, ON] = ['0', '1'].map((digit) => digit.charCodeAt(0));

test('the fuses of a packaged program are set so that it is nothing else', async () => {
  const program = join(await temporaryFolder('fuses'), 'program');
  // As Electron leaves its factory: what a program may want is on, what protects it is off.
  await writeFile(program, Buffer.concat([Buffer.alloc(64, 7), Buffer.from(MARK), Buffer.from([1, 8]), Buffer.from('10110001'), Buffer.alloc(64, 7)]));
  await setFuses(program);
  const wire = await getCurrentFuseWire(program);
  const state = (fuse: FuseV1Options) => wire[fuse];
  expect(state(FuseV1Options.RunAsNode)).toBe(OFF);
  expect(state(FuseV1Options.EnableNodeOptionsEnvironmentVariable)).toBe(OFF);
  expect(state(FuseV1Options.EnableNodeCliInspectArguments)).toBe(OFF);
  expect(state(FuseV1Options.GrantFileProtocolExtraPrivileges)).toBe(OFF);
  expect(state(FuseV1Options.EnableCookieEncryption)).toBe(ON);
  expect(state(FuseV1Options.EnableEmbeddedAsarIntegrityValidation)).toBe(ON);
  expect(state(FuseV1Options.OnlyLoadAppFromAsar)).toBe(ON);
});

test('a Node that leans on libraries of its system is not packaged', () => {
  expect(portableNode({ node_shared: false, node_shared_libuv: false })).toBe(process.execPath);
  expect(() => portableNode({ node_shared: false, node_shared_openssl: true })).toThrow(/node_shared_openssl/);
});

test('the engine gets the packages that it needs when it runs, and none that only build or test it', async () => {
  const packages = await productionPackages(root);
  expect(packages).toEqual(expect.arrayContaining(['@tensorflow/tfjs-node', '@tensorflow/tfjs', 'sharp', 'lmdb', 'zod', 'ws', 'protobufjs']));
  for (const name of ['electron', 'electron-builder', 'vitest', 'typescript', 'vite', 'playwright-core']) expect(packages).not.toContain(name);
});

test('of packages that also have builds for browsers the engine gets what Node loads', () => {
  const modules = join(root, 'node_modules');
  const loaded = ['@tensorflow/tfjs', '@tensorflow/tfjs-core', '@tensorflow/tfjs-layers', '@tensorflow/tfjs-converter', '@tensorflow/tfjs-data', '@tensorflow/tfjs-backend-cpu', '@tensorflow/tfjs-node', 'onnxruntime-web']
    .map((name) => relative(modules, createRequire(join(root, 'package.json')).resolve(name)).split(sep).join('/'));
  expect(loaded.filter((path) => !isNeeded(path))).toEqual([]);
  for (const path of ['onnxruntime-web/dist/ort-wasm-simd-threaded.wasm', 'onnxruntime-web/dist/ort-wasm-simd-threaded.mjs', '@tensorflow/tfjs/LICENSE', 'main.js']) expect(isNeeded(path), path).toBe(true);
  for (const path of ['onnxruntime-web/dist/ort-wasm-simd-threaded.jsep.wasm', 'onnxruntime-web/dist/ort.all.js', '@tensorflow/tfjs/dist/tf.min.js', '@tensorflow/tfjs-core/dist/tf-core.fesm.js', '@tensorflow/tfjs/dist/tf.min.js.html']) {
    expect(isNeeded(path), path).toBe(false);
  }
});
