import { expect, it } from 'vitest';
import { Network } from '../../../../src/main/core/runs/network.js';
import { newRun } from './new-run.js';

it('gives the filters of a transposed convolution with the input before the output, as all others', async () => {
  const { file: { config }, prior } = newRun();
  config.network = { architecture: 'zhang', width: 0.05, dropout: 0, hints: false, precision: 'float32' };
  const network = await Network.open(config, prior, 32);
  try {
    network.initialize(1);
    const { shape, values } = network.filters().find(({ layer }) => layer === 'conv8_1')!;
    // 512 and 256 filters, a twentieth of them.
    const [into, out] = [26, 13];
    expect(shape).toEqual([4, 4, into, out]);
    const stored = network['session'].readVariables(['conv8_1/weights']).get('conv8_1/weights')!;
    expect(stored.shape).toEqual([4, 4, out, into]);
    const at = ([y, x, i, o]: readonly [number, number, number, number]) => [values[((y * 4 + x) * into + i) * out + o], stored.data[((y * 4 + x) * out + o) * into + i]];
    for (const place of [[0, 0, 0, 0], [1, 2, 25, 3], [3, 0, 7, 12], [3, 3, 25, 12]] as const) {
      const [given, expected] = at(place);
      expect(given).toBe(expected);
    }
    expect(network.filters().find(({ layer }) => layer === 'conv8_2')!.shape).toEqual([3, 3, out, out]);
  } finally {
    network.close();
  }
});
