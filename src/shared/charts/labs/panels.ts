/** Small charts side by side under one title, each with a name of its own. */
import type { Box } from '../frame.js';
import { TEXT_SIZE } from '../frame.js';
import { CHART_FONT, type ChartTheme } from '../theme.js';

export interface Panels {
  boxes: Box[];
  /** Names above the panels, as graphic elements. */
  captions: object[];
  width: number;
  height: number;
}

interface PanelOptions {
  names: readonly string[];
  /** Panels side by side. */
  columns: number;
  /** CSS pixels of a panel. */
  panel: { width: number; height: number };
  top: number;
  theme: ChartTheme;
}

const LEFT = 76;
/** Space between panels: labels of the axes and the names. */
const GAP = { x: 70, y: 84 };

export function panelsOf({ names, columns, panel, top, theme }: PanelOptions): Panels {
  const across = Math.min(columns, names.length);
  const boxes = names.map((_, k) => ({
    left: LEFT + (k % across) * (panel.width + GAP.x),
    top: top + 24 + Math.floor(k / across) * (panel.height + GAP.y),
    ...panel,
  }));
  return {
    boxes,
    captions: names.map((text, k) => ({
      type: 'text', left: boxes[k].left, top: boxes[k].top - 24, silent: true,
      style: { text, fill: theme.ink, font: `600 ${TEXT_SIZE}px ${CHART_FONT}` },
    })),
    width: LEFT + across * (panel.width + GAP.x) - GAP.x + 40,
    height: top + 24 + Math.ceil(names.length / across) * (panel.height + GAP.y) - GAP.y + 60,
  };
}
