import { z } from 'zod';

/** A name that every system takes: no sign that one of them reads otherwise, no dot or space at an end that one of them drops. */
export const FOLDER_NAME = /^(?!\.)[^/\\:*?"<>|\p{Cc}]+(?<![. ])$/u;

/** A name for a folder on every system. */
export const folderName = z.string().trim().min(1).max(80).regex(FOLDER_NAME, 'expected a name without / \\ : * ? " < > | and without a dot at its ends');

/** The text as a name's beginning: signs and leading dots that `FOLDER_NAME` refuses become dashes, and it is cut to at most `room` UTF-16 units. */
export function asFolderName(text: string, room: number): string {
  // A cut must not leave half of a sign that takes two characters.
  const cut = text.trim().slice(0, room).replace(/[\uD800-\uDBFF]$/, '').trim();
  return cut.replaceAll(/[/\\:*?"<>|\p{Cc}]|^\./gu, '-');
}
