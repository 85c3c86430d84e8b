/**
 * Names that no one means when they open a folder of photographs.
 */

const THUMBNAIL_FOLDERS = new Set(['@eadir', 'thumbnails', '_thumbnails', 'thumbs', '_thumbs']);
const SYSTEM_FOLDERS = new Set(['__macosx', 'node_modules', '$recycle.bin', '#recycle', 'system volume information', 'lost+found']);
const SYSTEM_FILES = new Set(['thumbs.db', 'ehthumbs.db', 'desktop.ini']);

/** Why a folder of that name is not entered, or undefined where it is. */
export function skippedFolder(name: string): string | undefined {
  const lower = name.toLowerCase();
  if (lower === '.thumbnails' || lower === '.thumbs' || THUMBNAIL_FOLDERS.has(lower)) return 'A folder of thumbnails; what is in it was not read.';
  if (name.startsWith('.')) return 'A hidden folder; what is in it was not read.';
  if (SYSTEM_FOLDERS.has(lower)) return "A system's or program's folder; what is in it was not read.";
  return undefined;
}

/** Why a file of that name is not opened, or undefined where it is. */
export function skippedFile(name: string): string | undefined {
  if (name.startsWith('._')) return 'What macOS keeps beside another file; no picture of its own.';
  if (name.startsWith('.')) return 'A hidden file.';
  if (SYSTEM_FILES.has(name.toLowerCase())) return "A system's file; no picture of its own.";
  return undefined;
}
