import { exportRun } from '../../core/graph-export/export-run.js';
import type { Handler } from './handler.js';

export const graphExport: Handler<'graphExport'> = (parameters, context) => exportRun(parameters, context);
