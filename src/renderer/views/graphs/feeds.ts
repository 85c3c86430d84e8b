/** What goes into the inputs of a graph, as a person chooses it. */
import type { JobInput } from '../../../shared/contract/kinds.js';
import type { PICTURE_SCALES } from '../../../shared/contract/kinds/graph-running.js';
import { namedLikePicture } from '../../../shared/picture-names.js';

export type Scale = (typeof PICTURE_SCALES)[number];
type Feeds = JobInput<'graphRun'>['feeds'];

/** What goes into an input. */
export interface InputFeed {
  name: string;
  /** Has a default: nothing has to be fed. */
  optional: boolean;
  shape: readonly (number | null)[] | null;
  /** `unsaid`: its default, or random numbers in ranges and sizes that the engine chooses. */
  kind: 'unsaid' | 'random' | 'file';
  path?: string;
  scale?: Scale;
  /** Sizes of random numbers, as typed: `1 × 32 × 32 × 1`. */
  sizes: string;
}

export function inputFeed({ name, shape, optional }: Pick<InputFeed, 'name' | 'shape' | 'optional'>, kind: InputFeed['kind']): InputFeed {
  return { name, shape, optional, kind, sizes: sizesFor(shape) };
}

/** What is still to be said of the inputs, in a sentence. */
export function lackingFeed(feeds: readonly InputFeed[]): string | undefined {
  const unfed = feeds.find(({ kind, path }) => kind === 'file' && path === undefined);
  if (unfed) return `Choose a file for ${unfed.name}, or feed random numbers.`;
  const wrong = feeds.find(({ kind, sizes }) => kind === 'random' && sizesOf(sizes) === undefined);
  return wrong && `Say how many random numbers ${wrong.name} gets: 1 × 32 × 32 × 1.`;
}

/** As a job takes them. */
export function saidFeeds(feeds: readonly InputFeed[]): Feeds {
  return feeds.flatMap(({ name, kind, path, scale, sizes }): Feeds => {
    if (kind === 'unsaid') return [];
    if (kind === 'random') return [{ name, source: { kind, shape: sizesOf(sizes) } }];
    return [{ name, source: { kind, path: path ?? '', ...(scale && namedLikePicture(path ?? '') && { scale }) } }];
  });
}

/** Something small for sizes that are open. */
function sizesFor(shape: readonly (number | null)[] | null): string {
  return (shape ?? []).map((size, axis) => size ?? (axis === 0 ? 1 : shape?.length === 4 && axis < 3 ? 64 : 8)).join(' × ');
}

/** undefined where it is no list of sizes; nothing at all is one number. */
function sizesOf(text: string): number[] | undefined {
  const parts = text.split(/[×x*,\s]+/i).filter(Boolean);
  return parts.every((part) => /^\d{1,9}$/.test(part)) ? parts.map(Number) : undefined;
}
