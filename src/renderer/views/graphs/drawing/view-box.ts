/** The part of a drawing that is seen: moved, brought nearer, never lost. */
import { computed, ref } from 'vue';

/** CSS pixels of the drawing, and how many of the screen's each of them takes. */
export interface Seen {
  x: number;
  y: number;
  scale: number;
}

export interface Rectangle {
  x: number;
  y: number;
  width: number;
  height: number;
}

const NEAREST = 3;
const FARTHEST = 0.02;
/** Part of the room that stays between a fitted drawing and the edge. */
const EDGE = 16;

export function useViewBox(room: () => { width: number; height: number }) {
  const seen = ref<Seen>({ x: 0, y: 0, scale: 1 });

  /** Shows all of a rectangle, no larger than it is. */
  function fit({ x, y, width, height }: Rectangle): void {
    const { width: w, height: h } = room();
    const scale = clamped(Math.min(1, (w - 2 * EDGE) / Math.max(1, width), (h - 2 * EDGE) / Math.max(1, height)));
    seen.value = { scale, x: x + width / 2 - w / scale / 2, y: y + height / 2 - h / scale / 2 };
  }

  /** Like `fit`, but so large that words can be read, from the top on. @param first What is seen first. */
  function begin(whole: Rectangle, first: Rectangle): void {
    fit(whole);
    if (seen.value.scale >= 0.55) return;
    const { width: w } = room();
    const scale = 0.8;
    seen.value = { scale, x: first.x + first.width / 2 - w / scale / 2, y: whole.y - EDGE / scale };
  }

  /** Brings a rectangle into the middle, large enough to be read. */
  function centre({ x, y, width, height }: Rectangle): void {
    const { width: w, height: h } = room();
    const scale = Math.max(seen.value.scale, 0.75);
    seen.value = { scale, x: x + width / 2 - w / scale / 2, y: y + height / 2 - h / scale / 2 };
  }

  /** Keeps the place where it is. @param at CSS pixels of the screen from the drawing's upper left corner; the middle where absent. */
  function zoom(factor: number, at = { x: room().width / 2, y: room().height / 2 }): void {
    const { x, y, scale } = seen.value;
    const next = clamped(scale * factor);
    seen.value = { scale: next, x: x + at.x / scale - at.x / next, y: y + at.y / scale - at.y / next };
  }

  /** @param dx CSS pixels of the screen. */
  function move(dx: number, dy: number): void {
    const { x, y, scale } = seen.value;
    seen.value = { scale, x: x + dx / scale, y: y + dy / scale };
  }

  /** The place of the drawing's origin, for a transform. */
  const transform = computed(() => `scale(${seen.value.scale}) translate(${-seen.value.x} ${-seen.value.y})`);
  return { seen, transform, fit, begin, centre, zoom, move };
}

function clamped(scale: number): number {
  return Math.min(NEAREST, Math.max(FARTHEST, scale));
}
