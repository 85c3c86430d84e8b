import { z } from 'zod';

/** A name that every system takes: no sign that one of them reads otherwise, no dot or space at an end that one of them drops. */
export const FOLDER_NAME = /^(?!\.)[^/\\:*?"<>|\p{Cc}]+(?<![. ])$/u;

/** A name for a folder on every system. */
export const folderName = z.string().trim().min(1).max(80).regex(FOLDER_NAME, 'expected a name without / \\ : * ? " < > | and without a dot at its ends');
