import { count } from '../../shared/words/words.js';

const MANY: Record<string, string> = {
  used: 'used',
  gray: 'gray',
  'too-small': 'too small',
  duplicate: 'duplicates',
  'not-a-picture': 'not pictures',
  damaged: 'damaged',
  unsupported: 'of an unsupported kind',
  'too-large': 'too large',
  unreadable: 'unreadable',
  folder: 'folders',
  skipped: 'skipped',
};

/** Where one file is spoken of otherwise than many. */
const ONE: Record<string, string> = { duplicate: 'duplicate', 'not-a-picture': 'not a picture', folder: 'folder' };

/** What became of so many files: `2 damaged`, `1 duplicate`. */
export function fateWords(fate: string, n: number): string {
  return `${count(n)} ${(n === 1 ? ONE[fate] : undefined) ?? MANY[fate] ?? fate}`;
}

/** What one file is, in a word or two. */
export function fateName(fate: string): string {
  return ONE[fate] ?? MANY[fate] ?? fate;
}
