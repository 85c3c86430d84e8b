/** A drawing of a graph as an SVG of its own, for a page or a slide. */
import type { GraphBox, GraphDrawing } from '../contract/graph-view.js';
import { CHART_FONT, PAPER } from './theme.js';

type Line = GraphDrawing['lines'][number];

/** Letters that fit into a box of this width. */
export function fittingText(text: string, width: number, letter: number): string {
  const most = Math.max(3, Math.floor((width - 14) / letter));
  return text.length > most ? `${text.slice(0, most - 1)}…` : text;
}

/** A smooth way through points, as the `d` of a path. */
export function routePath(points: Line['points']): string {
  const [first, ...rest] = points;
  if (first === undefined) return '';
  if (rest.length < 2) return `M${first.x} ${first.y}${rest.map(({ x, y }) => `L${x} ${y}`).join('')}`;
  const middles = rest.slice(0, -1).map((point, k) => ({ x: (point.x + rest[k + 1].x) / 2, y: (point.y + rest[k + 1].y) / 2 }));
  const last = rest[rest.length - 1];
  const curves = rest.slice(0, -1).map(({ x, y }, k) => `Q${x} ${y} ${k === middles.length - 1 ? `${last.x} ${last.y}` : `${short(middles[k].x)} ${short(middles[k].y)}`}`);
  return `M${first.x} ${first.y}${curves.join('')}`;
}

function short(value: number): number {
  return Math.round(value * 10) / 10;
}

/** CSS pixels: more for connections that stand for many. */
export function lineWidth(count: number): number {
  return Math.min(5, 1 + Math.log2(Math.max(1, count)) / 2);
}

/** The second line of a box. */
export function boxNote({ kind, operation, nodes }: GraphBox): string {
  return kind === 'node' ? (operation ?? '') : `${nodes.toLocaleString('en')} ${nodes === 1 ? 'node' : 'nodes'}`;
}

/** How a box differs from the graph beside it: a sign, so that colour is not needed. */
export function changeSign({ kind, changes: { onlyFirst, onlySecond, changed } }: GraphBox): string {
  if (kind === 'node') return onlyFirst ? '−' : onlySecond ? '+' : changed ? '≠' : '';
  return [onlySecond && `+${onlySecond}`, onlyFirst && `−${onlyFirst}`, changed && `≠${changed}`].filter(Boolean).join(' ');
}

const MARGIN = 16;
const TOP = 52;

/** @param title Over the drawing. */
export function graphPicture(drawing: GraphDrawing, title: string): { svg: string; width: number; height: number } {
  const [width, height] = [Math.ceil(Math.max(drawing.width, title.length * 10) + 2 * MARGIN), Math.ceil(drawing.height + TOP + MARGIN)];
  const body = [
    `<rect width="${width}" height="${height}" fill="${PAPER.background}"/>`,
    `<text x="${MARGIN}" y="30" font-size="18" font-weight="600" fill="${PAPER.ink}">${escaped(title)}</text>`,
    `<g transform="translate(${MARGIN} ${TOP})">`,
    ...drawing.boxes.filter(({ open }) => open).map(openBox),
    ...drawing.lines.filter(({ hidden }) => !hidden).map(line),
    ...drawing.boxes.filter(({ open }) => !open).map(closedBox),
    '</g>',
  ];
  const arrow = `<defs><marker id="arrow" viewBox="0 0 8 8" refX="7" refY="4" markerWidth="7" markerHeight="7" markerUnits="userSpaceOnUse" orient="auto"><path d="M0 0L8 4L0 8Z" fill="${PAPER.line}"/></marker></defs>`;
  return { width, height, svg: `<svg xmlns="http://www.w3.org/2000/svg" width="${width}" height="${height}" viewBox="0 0 ${width} ${height}" font-family="${escaped(CHART_FONT)}">${arrow}${body.join('')}</svg>` };
}

function openBox(box: GraphBox): string {
  const { x, y, width, height, label } = box;
  return `<rect x="${x}" y="${y}" width="${width}" height="${height}" rx="6" fill="#f6f6f6" stroke="${PAPER.line}"/>`
    + `<text x="${x + 10}" y="${y + 18}" font-size="12" font-weight="600" fill="${PAPER.ink}">${escaped(label)}</text>${sign(box)}`;
}

function closedBox(box: GraphBox): string {
  const { x, y, width, height, label, kind } = box;
  return `<rect x="${x}" y="${y}" width="${width}" height="${height}" rx="${kind === 'node' ? 15 : 4}" fill="${kind === 'node' ? PAPER.background : '#ebebeb'}" stroke="${PAPER.line}"/>`
    + `<text x="${x + width / 2}" y="${y + 15}" font-size="12" text-anchor="middle" fill="${PAPER.ink}">${escaped(fittingText(label, width, 6.4))}</text>`
    + `<text x="${x + width / 2}" y="${y + 28}" font-size="10" text-anchor="middle" fill="${PAPER.quiet}">${escaped(fittingText(boxNote(box), width, 5.4))}</text>${sign(box)}`;
}

function sign(box: GraphBox): string {
  const text = changeSign(box);
  return text === '' ? '' : `<text x="${box.x + box.width - 4}" y="${box.y - 3}" font-size="11" font-weight="600" text-anchor="end" fill="${PAPER.accent}">${escaped(text)}</text>`;
}

function line({ points, count, control }: Line): string {
  return `<path d="${routePath(points)}" fill="none" stroke="${PAPER.line}" stroke-width="${short(lineWidth(count))}"${control ? ' stroke-dasharray="4 3"' : ''} marker-end="url(#arrow)"/>`;
}

function escaped(text: string): string {
  // Signs that XML does not take at all are left out.
  // eslint-disable-next-line no-control-regex
  return text.replace(/[\u0000-\u0008\u000b\u000c\u000e-\u001f\ufffe\uffff]/g, '').replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;').replaceAll('"', '&quot;');
}
