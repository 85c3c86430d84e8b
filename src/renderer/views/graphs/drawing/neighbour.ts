import type { GraphBox } from '../../../../shared/contract/graph-view.js';

export type Direction = 'up' | 'down' | 'left' | 'right';

/** The box that lies nearest in a direction, sideways places counting double; undefined where there is none. */
export function neighbour(boxes: readonly GraphBox[], from: GraphBox, direction: Direction): GraphBox | undefined {
  const start = middle(from);
  let best: GraphBox | undefined;
  let least = Infinity;
  for (const box of boxes) {
    if (box === from) continue;
    const { x, y } = middle(box);
    const [ahead, aside] = { up: [start.y - y, x - start.x], down: [y - start.y, x - start.x], left: [start.x - x, y - start.y], right: [x - start.x, y - start.y] }[direction];
    const distance = ahead + 2 * Math.abs(aside);
    if (ahead > 1 && distance < least) [best, least] = [box, distance];
  }
  return best;
}

/** Of an open scope its head is the place. */
function middle({ x, y, width, height, open }: GraphBox): { x: number; y: number } {
  return { x: x + width / 2, y: y + (open ? 13 : height / 2) };
}
