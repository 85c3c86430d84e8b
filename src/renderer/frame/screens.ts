import { Brush, ChartSpline, Image, ListChecks, Target } from '@lucide/vue';
import type { Component } from 'vue';

export interface Screen {
  path: string;
  label: string;
  icon: Component;
}

/** The rail, from top to bottom. */
export const SCREENS: readonly Screen[] = [
  { path: '/photographs', label: 'Photos', icon: Image },
  { path: '/train', label: 'Train', icon: ChartSpline },
  { path: '/colorize', label: 'Colorize', icon: Brush },
  { path: '/evaluate', label: 'Evaluate', icon: Target },
  { path: '/runs', label: 'Runs', icon: ListChecks },
];
