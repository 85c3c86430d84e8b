/**
 * Writes resources/tensorflow/schema.json: TensorFlow's own protocol buffer definitions, without comments, as protobufjs reads them.
 *
 *     node python/tensorflow-description/schema.mjs FOLDER/tensorflow/include
 *
 * where FOLDER holds the unpacked wheel of TensorFlow.
 */
import { existsSync } from 'node:fs';
import { mkdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import protobuf from 'protobufjs';

const FILES = [
  'tensorflow/core/protobuf/saved_model.proto',
  'tensorflow/core/protobuf/tensor_bundle.proto',
  'tensorflow/core/protobuf/trackable_object_graph.proto',
  'tensorflow/core/framework/variable.proto',
];

const include = process.argv[2];
const root = new protobuf.Root();
root.resolvePath = (_origin, target) => [join(include, target), join(include, 'external/local_tsl', target)].find(existsSync) ?? target;
await root.load(FILES);
const target = fileURLToPath(new URL('../../resources/tensorflow/schema.json', import.meta.url));
await mkdir(fileURLToPath(new URL('../../resources/tensorflow/', import.meta.url)), { recursive: true });
await writeFile(target, `${JSON.stringify(root.toJSON(), null, 1)}\n`);
