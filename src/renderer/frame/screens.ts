import { Activity, Brush, ChartSpline, Diamond, Image, ListChecks, Target, Workflow } from '@lucide/vue';
import type { Component } from 'vue';
import { ACTIVATIONS_BASE } from '../views/activations/tabs.js';

export interface Screen {
  path: string;
  label: string;
  icon: Component;
}

/** The rail, from top to bottom: what is done with photographs, */
const PHOTOGRAPHS: readonly Screen[] = [
  { path: '/photographs', label: 'Photos', icon: Image },
  { path: '/train', label: 'Train', icon: ChartSpline },
  { path: '/colorize', label: 'Colorize', icon: Brush },
  { path: '/evaluate', label: 'Evaluate', icon: Target },
  { path: '/runs', label: 'Runs', icon: ListChecks },
];

/** and below a line the laboratories. */
const LABORATORIES: readonly Screen[] = [
  { path: '/labs/regularization', label: 'L1 / L2', icon: Diamond },
  { path: ACTIVATIONS_BASE, label: 'Activations', icon: Activity },
  { path: '/graphs', label: 'Graphs', icon: Workflow },
];

export const SCREEN_GROUPS: readonly (readonly Screen[])[] = [PHOTOGRAPHS, LABORATORIES];
export const SCREENS: readonly Screen[] = SCREEN_GROUPS.flat();
