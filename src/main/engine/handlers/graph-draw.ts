import { drawFile } from '../../core/graph-drawing/draw-file.js';
import type { Handler } from './handler.js';

export const graphDraw: Handler<'graphDraw'> = async (parameters) => {
  const { boxes, lines, open, left } = await drawFile(parameters);
  return { out: parameters.out, boxes: boxes.length, lines: lines.length, open, left };
};
