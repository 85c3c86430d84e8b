/** Charts in three dimensions, in a part of their own: only who looks at one loads it. */
import { install as surface } from 'echarts-gl/lib/chart/surface/install.js';
import { install as scatter } from 'echarts-gl/lib/chart/scatter3D/install.js';
import { install as grid } from 'echarts-gl/lib/component/grid3D/install.js';
import { type ECharts, type EChartsCoreOption, use } from 'echarts/core';
import type { Camera, SurfacesChart } from '../../shared/charts/labs/penalty-surfaces.js';
import { init } from './echarts.js';

use([surface, scatter, grid]);

/** Milliseconds until a drawing has come to rest. */
const REST_MS = 400;

/** Surfaces in a part of the window, all seen from one side. */
export class SurfaceDrawing {
  private readonly drawing: ECharts;
  /** Until when a change of the view is a person's doing; what the drawing tells at other times is an echo. */
  private heldUntil = 0;

  /** @param onTurn Told when a person has turned one of them. */
  constructor(room: HTMLElement, chart: SurfacesChart, onTurn: (camera: Camera) => void) {
    this.drawing = init(room, null, { renderer: 'canvas' });
    this.drawing.setOption(fittedSurfaces(chart));
    const pointer = this.drawing.getZr();
    pointer.on('mousedown', () => void (this.heldUntil = Infinity));
    pointer.on('mouseup', () => this.release());
    pointer.on('globalout', () => this.release());
    this.drawing.on('grid3dcamerachanged', (event) => {
      const { alpha, beta } = event as unknown as Camera;
      if (performance.now() < this.heldUntil) onTurn({ alpha, beta });
    });
  }

  draw(chart: SurfacesChart): void {
    this.drawing.setOption(fittedSurfaces(chart));
  }

  private release(): void {
    this.heldUntil = Math.min(this.heldUntil, performance.now() + REST_MS);
  }

  resize(): void {
    this.drawing.resize();
  }

  close(): void {
    this.drawing.dispose();
  }
}

/** In the window the panels share its width, and their names stand beside them as text. */
function fittedSurfaces({ option }: SurfacesChart): EChartsCoreOption {
  const grids = option.grid3D as object[];
  return {
    ...option, title: undefined, graphic: undefined, backgroundColor: 'transparent',
    grid3D: grids.map((grid, k) => ({ ...grid, left: `${(100 * k) / grids.length}%`, width: `${100 / grids.length}%`, top: 0, height: '100%' })),
  };
}

/** The surfaces as a picture, drawn anew at their own size. @param scale Pixels for each CSS pixel. */
export async function surfacesPng({ option, width, height, name }: SurfacesChart, scale: number): Promise<File> {
  const room = document.createElement('div');
  room.style.cssText = `position: fixed; left: -10000px; top: 0; width: ${width}px; height: ${height}px`;
  document.body.append(room);
  const drawing = init(room, null, { renderer: 'canvas', width, height, devicePixelRatio: scale });
  try {
    drawing.setOption(option);
    await new Promise((resolve) => setTimeout(resolve, REST_MS));
    const canvas = drawing.renderToCanvas({ pixelRatio: scale, backgroundColor: option.backgroundColor as string });
    const blob = await new Promise<Blob | null>((resolve) => canvas.toBlob(resolve, 'image/png'));
    if (!blob) throw new Error('The picture is larger than this browser can draw. Choose a smaller scale.');
    return new File([blob], `${name}.png`, { type: 'image/png' });
  } finally {
    drawing.dispose();
    room.remove();
  }
}

/** Whether this browser draws in three dimensions at all. */
export function drawsSurfaces(): boolean {
  const canvas = document.createElement('canvas');
  const context = canvas.getContext('webgl2') ?? canvas.getContext('webgl');
  context?.getExtension('WEBGL_lose_context')?.loseContext();
  return context !== null;
}
