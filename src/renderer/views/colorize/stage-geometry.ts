/** Where a photograph lies on the stage. Lengths in CSS pixels, except a photograph's own. */
export interface Size {
  width: number;
  height: number;
}

/** The photograph's upper left corner on the stage, and CSS pixels for each of its pixels. */
export interface Placement {
  scale: number;
  left: number;
  top: number;
}

/** Most CSS pixels for one of the photograph's. */
const MOST_SCALE = 16;
/** Free all around a photograph that fits. */
const MARGIN = 24;

/** The whole photograph in the middle, as large as there is room; small ones are enlarged. */
export function fittedPlacement(photo: Size, stage: Size): Placement {
  const room = (length: number) => Math.max(1, length - 2 * MARGIN);
  const scale = Math.min(MOST_SCALE, room(stage.width) / photo.width, room(stage.height) / photo.height);
  return held({ scale, left: 0, top: 0 }, photo, stage);
}

/** Another scale, with the point of the photograph that lies under (x, y) staying there. */
export function zoomedPlacement(now: Placement, scale: number, at: { x: number; y: number }, photo: Size, stage: Size): Placement {
  const least = Math.min(fittedPlacement(photo, stage).scale, 1 / 16);
  const wanted = Math.min(MOST_SCALE, Math.max(least, scale));
  const along = (start: number, place: number) => place - ((place - start) * wanted) / now.scale;
  return held({ scale: wanted, left: along(now.left, at.x), top: along(now.top, at.y) }, photo, stage);
}

/** No further than to its edges; centred along a side that is shorter than the stage. */
export function held({ scale, left, top }: Placement, photo: Size, stage: Size): Placement {
  const along = (start: number, length: number, room: number) => (length <= room ? (room - length) / 2 : Math.min(0, Math.max(room - length, start)));
  return { scale, left: along(left, photo.width * scale, stage.width), top: along(top, photo.height * scale, stage.height) };
}

/** The part of the photograph that is seen, along one side. @returns start and length on the stage */
export function visiblePart(start: number, length: number, room: number): { start: number; length: number } {
  const from = Math.max(0, start);
  return { start: from, length: Math.max(0, Math.min(room, start + length) - from) };
}
