import { colorizeFolder } from '../../core/colorizing/colorize-folder.js';
import { hintsOfFile, type HintSource, keptHints, readHintsFile } from '../../core/colorizing/hint-source.js';
import { withModel } from '../../core/trained-model.js';
import { HintStore } from '../hint-store.js';
import type { Handler } from './handler.js';

export const colorize: Handler<'colorize'> = async ({ run, checkpoint, hints, temperature, ...options }, context) => {
  const source = hints === undefined ? undefined : await hintSource(hints);
  return withModel(run, checkpoint, context, async (model, step) => {
    const report = await colorizeFolder({ ...options, hints: source, temperature: temperature ?? model.temperature }, model, context);
    return { run, step, ...report };
  });
};

async function hintSource(hints: string): Promise<HintSource> {
  return hints === 'kept' ? keptHints(await new HintStore().all()) : hintsOfFile(await readHintsFile(hints), hints);
}
