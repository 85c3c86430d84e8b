import { mkdir } from 'node:fs/promises';
import { join } from 'node:path';
import sharp from 'sharp';
import { assembleConfig, layerOfAssignments } from '../../../../src/shared/run/assemble.js';
import type { TrainingConfig } from '../../../../src/shared/run/config.js';
import { Random } from '../../../../src/shared/random.js';
import { temporaryFolder } from '../../../helpers/temporary-folder.js';

const SIDE = 64;

/** A folder of pictures that can be learnt from: sky over land, a house, grain; colour goes with place and lightness. */
export async function smallSet(count: number): Promise<string> {
  const folder = await temporaryFolder('set');
  await Promise.all(['coast', 'field'].map((name) => mkdir(join(folder, name))));
  await Promise.all(Array.from({ length: count }, (_, index) => paint(join(folder, index % 2 ? 'coast' : 'field', `${index}.png`), index)));
  return folder;
}

async function paint(path: string, index: number): Promise<void> {
  const random = new Random('small set', index);
  const horizon = 20 + random.integer(24);
  const house = random.integer(SIDE - 16);
  const rgb = new Uint8Array(SIDE * SIDE * 3);
  for (let y = 0, p = 0; y < SIDE; y++) {
    for (let x = 0; x < SIDE; x++, p += 3) {
      const grain = random.integer(24);
      const atHouse = y >= horizon - 6 && y < horizon + 6 && x >= house && x < house + 16;
      const colour = atHouse ? [190, 60, 50] : y < horizon ? [110 + y, 150 + y, 230] : index % 2 ? [190, 170, 110] : [60, 120 - y / 2, 40];
      for (let channel = 0; channel < 3; channel++) rgb[p + channel] = Math.min(255, colour[channel] + grain);
    }
  }
  await sharp(rgb, { raw: { width: SIDE, height: SIDE, channels: 3 } }).png().toFile(path);
}

/** The default preset made small enough for a test: a step takes a few milliseconds. */
export function smallConfig(...assignments: string[]): TrainingConfig {
  const small = layerOfAssignments([
    'network.width=0.1', 'patches.side=48', 'photos.side=64', 'patches.batch=4', 'budget.steps=30',
    'checkpoints.every=10', 'reports.every=5', 'previews.photos=2', 'photos.testShare=0',
  ]);
  return assembleConfig([small, layerOfAssignments(assignments)]);
}
