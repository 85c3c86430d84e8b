/**
 * Names that promise a picture, readable here or not. What a file is, its content tells.
 */
export const PICTURE_ENDINGS = ['jpg', 'jpeg', 'jfif', 'png', 'apng', 'webp', 'gif', 'tif', 'tiff', 'bmp', 'avif', 'heic', 'heif'] as const;
const PICTURE_ENDING = new RegExp(`\\.(${PICTURE_ENDINGS.join('|')})$`, 'i');

/** A name's ending with its dot, as it is written; undefined where it is not one of pictures. */
export function pictureEnding(name: string): string | undefined {
  return PICTURE_ENDING.exec(name)?.[0];
}

export function namedLikePicture(name: string): boolean {
  return pictureEnding(name) !== undefined;
}
