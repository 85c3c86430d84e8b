#!/usr/bin/env node
// The command line. What it runs is built from src/ by `npm start`.
import { existsSync } from 'node:fs';
import { dirname } from 'node:path';
import { fileURLToPath } from 'node:url';

const built = new URL('../out/main/hosts/cli/main.js', import.meta.url);
const needed = [built, new URL('../node_modules/@tensorflow/tfjs-node/lib', import.meta.url)];

if (needed.every((url) => existsSync(url))) {
  await import(built.href);
} else {
  const folder = dirname(dirname(fileURLToPath(import.meta.url)));
  process.stderr.write(`Chromabench is not set up yet in ${folder}. Run \`npm start\` there once; it prepares and builds everything.\n`);
  process.exitCode = 1;
}
