/** The photographs of a training as its steps read them: by use, with the size they are seen at. */
import type { TrainingConfig } from '../../../shared/run/config.js';
import type { SplitFile, SplitPhoto } from '../../../shared/run/files.js';
import { Random } from '../../../shared/random.js';
import type { StoredPhoto } from './photo-store.js';
import { seenSize } from './seen-size.js';

export function storedPhotos(split: SplitFile, config: TrainingConfig, patch: number): Record<'training' | 'validation', StoredPhoto[]> {
  const stored = ({ path, contentId, width, height }: SplitPhoto): StoredPhoto => (
    { path, contentId, seen: seenSize({ width, height }, config.photos.side, patch) }
  );
  return { training: split.training.map(stored), validation: watched(split.validation, config).map(stored) };
}

/** The validation photographs that are looked at: as many as are asked for, drawn by the seed. */
function watched(photos: readonly SplitPhoto[], { seed, validation }: TrainingConfig): SplitPhoto[] {
  const order = new Random(seed, 'validation').permutation(photos.length);
  return Array.from(order.subarray(0, validation.photos), (index) => photos[index]);
}
