import { stat } from 'node:fs/promises';
import type { Hint } from '../../../shared/colour/hints.js';
import { HINTS_FILE_VERSION, type HintsFile } from '../../../shared/colour/hints-file.js';
import { matchedNames, parsedHintsFile } from '../../core/colorizing/hint-source.js';
import type { Input } from '../../core/colorizing/inputs.js';
import { contentIdOf } from '../../core/photos/content-id.js';
import { readWhole } from '../../core/photos/whole-file.js';
import type { Gatherings } from '../gatherings.js';
import type { HintNames } from '../hint-names.js';
import type { HintStore, KeptEntry } from '../hint-store.js';
import type { Answers } from './answers.js';

type Names = 'nameHints' | 'readHints' | 'keepHints' | 'hintsFileOfSet' | 'takeHintsFile';

export function hintsAnswers(gatherings: Gatherings, store: HintStore, names: HintNames): Answers<Names> {
  return {
    nameHints: ({ hints }) => names.name(hints),
    readHints: async ({ content }) => names.name(await store.of(content)),
    keepHints: async ({ content, bytes, hints }) => {
      await store.keep(new Map([[content, { bytes, hints }]]));
      return names.name(hints);
    },
    hintsFileOfSet: async ({ set }) => {
      const photographs = await hintedPhotographs(gatherings.demandInputs(set), store);
      const file: HintsFile = { version: HINTS_FILE_VERSION, photographs };
      return { text: `${JSON.stringify(file, null, 2)}\n`, photographs: Object.keys(photographs).length };
    },
    takeHintsFile: async ({ set, name, text, replace }) => {
      const file = parsedHintsFile(text, name);
      const inputs = gatherings.demandInputs(set);
      const { nameOf, unknown } = matchedNames(file, name, inputs);
      const entries = new Map<string, KeptEntry>();
      const standing: string[] = [];
      const kept = await store.all();
      for (const [index, named] of nameOf) {
        const { bytes } = await readWhole(inputs[index].path);
        const [content, hints] = [contentIdOf(bytes), file.photographs[named]];
        if (kept.has(content) && JSON.stringify(kept.get(content)) !== JSON.stringify(hints)) standing.push(inputs[index].place);
        entries.set(content, { bytes: bytes.length, hints });
      }
      if (standing.length && !replace) return { taken: 0, standing, unknown };
      await store.keep(entries);
      return { taken: entries.size, standing: [], unknown };
    },
  };
}

/** By place in the set. Only files of a size that some photograph with hints has are read. */
async function hintedPhotographs(inputs: readonly Input[], store: HintStore): Promise<Record<string, Hint[]>> {
  const [kept, sizes] = await Promise.all([store.all(), store.sizes()]);
  const found: [string, Hint[]][] = [];
  for (const { path, place } of inputs) {
    const size = await stat(path).then((facts) => facts.size, () => undefined);
    if (size === undefined || !sizes.has(size)) continue;
    const bytes = await readWhole(path).then((file) => file.bytes, () => undefined);
    const hints = bytes && kept.get(contentIdOf(bytes));
    if (hints) found.push([place, hints]);
  }
  return Object.fromEntries(found);
}
