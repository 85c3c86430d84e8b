/** A drawing of a graph as files: drawn for a white page whatever the window's theme. */
import { graphPicture } from '../../../../shared/charts/graph-picture.js';
import type { GraphDrawing } from '../../../../shared/contract/graph-view.js';
import { tableFile } from '../../../charts/chart-files.js';
import type { SaveForm } from '../../../components/SaveMenu.vue';

/** Pixels a side that browsers draw. */
const MOST_SIDE = 16_000;

export function drawingForms(drawing: () => GraphDrawing, title: () => string, name: () => string): SaveForm[] {
  const table = () => boxTable(drawing(), title(), name());
  return [
    { label: 'SVG', file: async () => new File([graphPicture(drawing(), title()).svg], `${name()}.svg`, { type: 'image/svg+xml' }) },
    { label: 'PNG', file: async () => pngFile(drawing(), title(), name(), 1) },
    { label: 'PNG, twice the size', file: async () => pngFile(drawing(), title(), name(), 2) },
    { label: 'CSV', file: async () => tableFile(table(), 'CSV') },
    { label: 'JSON', file: async () => tableFile(table(), 'JSON') },
  ];
}

/** What the boxes stand for, and what leads from one to the other. */
function boxTable({ boxes, lines }: GraphDrawing, title: string, name: string) {
  const names = new Map(boxes.map((box) => [box.id, box.kind === 'group' ? box.label : box.name]));
  const rows = lines.map(({ from, to, count, control }) => [names.get(from) ?? '', names.get(to) ?? '', count, control ? 'order' : 'values']);
  return { name, title, table: { columns: ['from', 'to', 'connections', 'carries'], rows } };
}

async function pngFile(drawing: GraphDrawing, title: string, name: string, scale: number): Promise<File> {
  const { svg, width, height } = graphPicture(drawing, title);
  if (Math.max(width, height) * scale > MOST_SIDE) throw new Error('The picture is larger than a browser can draw. Save it as SVG, or close some scopes first.');
  const address = URL.createObjectURL(new Blob([svg], { type: 'image/svg+xml' }));
  try {
    const image = new Image();
    image.src = address;
    await image.decode();
    const canvas = document.createElement('canvas');
    [canvas.width, canvas.height] = [width * scale, height * scale];
    canvas.getContext('2d')?.drawImage(image, 0, 0, canvas.width, canvas.height);
    const blob = await new Promise<Blob | null>((resolve) => canvas.toBlob(resolve, 'image/png'));
    if (!blob) throw new Error('The picture is larger than a browser can draw. Save it as SVG, or close some scopes first.');
    return new File([blob], `${name}.png`, { type: 'image/png' });
  } finally {
    URL.revokeObjectURL(address);
  }
}
