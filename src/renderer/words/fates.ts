/** What became of files, in words: for one, for many, for the state it leaves a file in. */
export const FATE_WORDS: Record<string, string> = {
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
