import type { Component } from 'vue';

/** A page of a laboratory. */
export interface LabTab {
  /** Below the laboratory's address; empty for the first one. */
  path: string;
  label: string;
  component: () => Promise<Component>;
}
