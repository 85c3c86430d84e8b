import { extname, resolve } from 'node:path';
import { InvalidArgumentError, Option } from 'commander';
import type { JobInput } from '../../../../../shared/contract/kinds.js';
import { PICTURE_SCALES } from '../../../../../shared/contract/kinds/graph-running.js';
import { names, numberWithin } from '../../option-values.js';

type Feed = JobInput<'graphRun'>['feeds'][number];

/** `NAME=PICTURE`, `NAME=file.npy`, `NAME=random:1x32x32x1` or `NAME=random`; can be given several times. */
export function feed(text: string, before: Feed[] = []): Feed[] {
  const [, name, value] = /^([^=]+)=(.+)$/.exec(text) ?? [];
  if (name === undefined) throw new InvalidArgumentError('It must be NAME=FILE or NAME=random:1x32x32x1.');
  const random = /^random(?::(\d+(?:x\d+)*|))?$/.exec(value);
  if (random) return [...before, { name, source: { kind: 'random', shape: random[1] === undefined ? undefined : random[1].split('x').filter(Boolean).map(Number) } }];
  return [...before, { name, source: { kind: 'file', path: resolve(value) } }];
}

export function scaleOption(): Option {
  return new Option('--scale <range>', 'what numbers a photograph becomes (default: lightness for an input of that name, else 0..1, for whole numbers 0..255)').choices(PICTURE_SCALES);
}

/** The scale of a command line is that of all its photographs. */
export function withScale(feeds: Feed[], scale: (typeof PICTURE_SCALES)[number] | undefined): Feed[] {
  return feeds.map(({ name, source }) => ({ name, source: source.kind === 'file' && !['.npy', '.csv'].includes(extname(source.path)) ? { ...source, scale } : source }));
}

export interface LimitOptions {
  allow?: string[];
  maxSeconds?: number;
  maxMemory?: number;
  seed?: number;
}

export function limitOptions(): Option[] {
  return [
    new Option('--allow <operations>', 'operations that may run although they do more than compute, separated by commas').argParser(names),
    new Option('--max-seconds <seconds>', 'ends a run that takes longer (default: 600)').argParser(numberWithin(0.1, 86_400)),
    new Option('--max-memory <MB>', 'ends a run that takes more memory, on Linux and macOS (default: 4096)').argParser(numberWithin(64, 1e6)),
    new Option('--seed <number>', 'of the random numbers that are fed (default: 1)').argParser(numberWithin(0, 2 ** 31, { whole: true })),
  ];
}
