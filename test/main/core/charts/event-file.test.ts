import { readFile } from 'node:fs/promises';
import { describe, expect, it } from 'vitest';
import { eventFile } from '../../../../src/main/core/charts/event-file.js';
import { metricsTo } from '../../../shared/charts/chart-data.js';

const GOLDEN = new URL('../../../fixtures/charts/events.out.tfevents.golden', import.meta.url);

describe('an event file', () => {
  it('is byte for byte the one that TensorBoard has read (python/fixtures-colour/read_events.py)', async () => {
    expect(Buffer.from(eventFile(metricsTo(100), 1_700_000_000))).toEqual(await readFile(GOLDEN));
  });

  it('without a report has its first record only', () => {
    const bytes = Buffer.from(eventFile([], 1));
    expect(bytes.readBigUInt64LE(0)).toBe(BigInt(bytes.length - 16));
    expect(bytes.includes('brain.Event:2')).toBe(true);
  });
});
