import { inspectionOf } from '../../core/photos/inspection.js';
import { scanFolder } from '../../core/photos/scan.js';
import type { Handler } from './handler.js';

export const inspect: Handler<'inspect'> = async ({ folder, window, only }, context) => {
  const scan = await scanFolder(folder, { only, context });
  try {
    return inspectionOf(scan, window);
  } finally {
    await scan.close();
  }
};
