/** Strips of photographs below each other as one picture, with their names: to be saved. */
const MARGIN = 16;
const CAPTION = 22;
const GAP = 10;

export interface SheetStrip {
  url: string;
  caption: string;
}

/** @returns PNG. @throws where a strip cannot be loaded. */
export async function stripSheet(title: string, strips: readonly SheetStrip[]): Promise<File> {
  const images = await Promise.all(strips.map(({ url }) => loaded(url)));
  const canvas = document.createElement('canvas');
  canvas.width = 2 * MARGIN + Math.max(...images.map(({ naturalWidth }) => naturalWidth));
  canvas.height = 2 * MARGIN + CAPTION + images.reduce((sum, { naturalHeight }) => sum + naturalHeight + CAPTION + GAP, 0);
  const context = canvas.getContext('2d');
  if (!context) throw new Error('This browser cannot draw the picture. Save fewer strips.');
  context.fillStyle = '#ffffff';
  context.fillRect(0, 0, canvas.width, canvas.height);
  context.fillStyle = '#1c1c1c';
  context.font = '600 15px "Source Sans 3", sans-serif';
  context.fillText(`${title}: gray, colorized, true`, MARGIN, MARGIN + 14);
  context.font = '13px "Source Sans 3", sans-serif';
  let top = MARGIN + CAPTION;
  images.forEach((image, index) => {
    context.drawImage(image, MARGIN, top);
    top += image.naturalHeight + CAPTION;
    context.fillText(strips[index].caption, MARGIN, top - 6);
    top += GAP;
  });
  const blob = await new Promise<Blob | null>((resolve) => canvas.toBlob(resolve, 'image/png'));
  if (!blob) throw new Error('The picture is larger than this browser can draw.');
  return new File([blob], `${title.toLowerCase().replaceAll(' ', '-')}.png`, { type: 'image/png' });
}

async function loaded(url: string): Promise<HTMLImageElement> {
  const image = new Image();
  image.src = url;
  await image.decode().catch(() => {
    throw new Error('A strip of this evaluation could not be loaded. Evaluate the run anew.');
  });
  return image;
}
