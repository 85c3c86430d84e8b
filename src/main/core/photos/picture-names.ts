/**
 * Names that promise a picture, readable here or not. What a file is, its content tells.
 */
const PICTURE_ENDING = /\.(jpe?g|jfif|png|apng|webp|gif|tiff?|bmp|avif|heic|heif)$/i;

/** A name's ending with its dot, as it is written; undefined where it is not one of pictures. */
export function pictureEnding(name: string): string | undefined {
  return PICTURE_ENDING.exec(name)?.[0];
}

export function namedLikePicture(name: string): boolean {
  return pictureEnding(name) !== undefined;
}
