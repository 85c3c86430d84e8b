import { describe, expect, it } from 'vitest';
import { fitted } from '../../src/renderer/charts/fitted.js';
import type { Chart } from '../../src/shared/charts/chart.js';
import { panelsOf } from '../../src/shared/charts/labs/panels.js';
import { PAPER } from '../../src/shared/charts/theme.js';

interface Box { left: number; top: number; width: number; height: number }
interface Named { left: number; top: number; style: { text: string } }

function panelChart(names: string[], columns: number): Chart {
  const panels = panelsOf({ names, columns, panel: { width: 400, height: 200 }, top: 100, theme: PAPER });
  return { name: 'panels', title: 'Panels', width: panels.width, height: panels.height, option: { grid: panels.boxes, graphic: panels.captions }, table: { columns: [], rows: [] } };
}

describe('a chart fitted into the window', () => {
  it('keeps every panel inside of the room, none over another, each under its name', () => {
    for (const size of [{ width: 520, height: 420 }, { width: 1600, height: 900 }]) {
      const names = ['one', 'two', 'three'];
      const { grid, graphic } = fitted(panelChart(names, 2), size) as unknown as { grid: Box[]; graphic: Named[] };
      for (const box of grid) {
        expect(box.left).toBeGreaterThan(40);
        expect(box.left + box.width).toBeLessThan(size.width);
        expect(box.top + box.height).toBeLessThan(size.height);
      }
      // Room for labels and axis names stays, however small the panels get.
      expect(grid[1].left - grid[0].left - grid[0].width).toBeGreaterThan(50);
      expect(grid[2].top - grid[0].top - grid[0].height).toBeGreaterThan(50);
      graphic.forEach(({ left, top, style }, k) => {
        expect(style.text).toBe(names[k]);
        expect(left).toBeCloseTo(grid[k].left, 6);
        expect(grid[k].top - top).toBeGreaterThan(12);
        expect(grid[k].top - top).toBeLessThan(24);
      });
    }
  });

  it('keeps the proportion of panels whose marks are pictures', () => {
    for (const size of [{ width: 520, height: 420 }, { width: 1600, height: 300 }]) {
      const { grid } = fitted({ ...panelChart(['one', 'two', 'three'], 3), keepAspect: true }, size) as unknown as { grid: Box[] };
      for (const { width, height, left } of grid) {
        expect(width / height).toBeCloseTo(400 / 200, 6);
        expect(left + width).toBeLessThan(size.width);
      }
    }
  });
});
