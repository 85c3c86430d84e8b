import { writeReport } from '../../core/report/write-report.js';
import type { Handler } from './handler.js';

export const report: Handler<'report'> = async (parameters, context) => ({ run: parameters.run, ...(await writeReport(parameters, context)) });
