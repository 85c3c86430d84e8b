import { type Component, defineAsyncComponent } from 'vue';

/** A part of the screen Graphs. */
export interface GraphTab {
  /** In the address: `/graphs/nodes`. */
  id: string;
  label: string;
  view: Component;
  inspector?: Component;
  /** Whether there is nothing to see before a graph is open. */
  needsGraph: boolean;
}

const NodeInspector = defineAsyncComponent(() => import('./NodeInspector.vue'));

/** In their order. */
export const GRAPH_TABS: readonly GraphTab[] = [
  { id: 'summary', label: 'Summary', view: defineAsyncComponent(() => import('./SummaryTab.vue')), needsGraph: true },
  { id: 'nodes', label: 'Nodes', view: defineAsyncComponent(() => import('./NodesTab.vue')), inspector: NodeInspector, needsGraph: true },
  { id: 'drawing', label: 'Drawing', view: defineAsyncComponent(() => import('./drawing/DrawingTab.vue')), inspector: NodeInspector, needsGraph: true },
  { id: 'difference', label: 'Difference', view: defineAsyncComponent(() => import('./DifferenceTab.vue')), inspector: NodeInspector, needsGraph: true },
  {
    id: 'checkpoint', label: 'Checkpoint', view: defineAsyncComponent(() => import('./CheckpointTab.vue')),
    inspector: defineAsyncComponent(() => import('./TensorInspector.vue')), needsGraph: false,
  },
  { id: 'freeze', label: 'Freeze', view: defineAsyncComponent(() => import('./freeze/FreezeTab.vue')), needsGraph: true },
  { id: 'run', label: 'Run', view: defineAsyncComponent(() => import('./run/RunTab.vue')), needsGraph: true },
  { id: 'export', label: 'Export', view: defineAsyncComponent(() => import('./export/ExportTab.vue')), needsGraph: false },
];
