/** How a sheet of previews is laid out: a row a photograph, a column a kind. */

/** Columns from left to right. */
export const PREVIEW_COLUMNS = ['gray', 'now', 'truth'] as const;
/** White pixels between two squares. */
export const PREVIEW_GAP = 4;
