import { expect, it } from 'vitest';
import { parametersOfSizes, recordedEpochs, unpackedNetworks } from '../../../../src/shared/labs/regularization/packed-layers.js';
import { cutLayers } from '../../../../src/shared/labs/regularization/weights.js';

it('numbers of several networks are told apart, layer by layer, weights before biases', () => {
  expect(parametersOfSizes([1, 2, 1])).toBe(7);
  const networks = unpackedNetworks(Float32Array.from({ length: 14 }, (_, k) => k), 2, [1, 2, 1]);
  expect(networks[1].map(({ weights, bias }) => [[...weights], [...bias]])).toEqual([[[7, 8], [9, 10]], [[11, 12], [13]]]);
});

it('epochs are recorded from the start to the end, evenly, as many as the bytes allow', () => {
  expect(recordedEpochs(5, 1, [1, 1])).toEqual([0, 1, 2, 3, 4, 5]);
  const long = recordedEpochs(10_000, 30, [1, 10, 10, 10, 1]);
  expect([long[0], long.at(-1)]).toEqual([0, 10_000]);
  expect(long.length).toBeLessThanOrEqual(202);
  // 128 MiB of networks of 132,353 numbers each: two hundred of them do not fit.
  expect(recordedEpochs(1000, 2, [1, 256, 256, 256, 1]).length).toBeLessThanOrEqual(128);
});

it('of large layers the weights between the first neurons are kept, in their places', () => {
  const layer = { inputs: 2, outputs: 3, weights: Float32Array.of(1, 2, 3, 4, 5, 6), bias: Float32Array.of(7, 8, 9) };
  expect(cutLayers([layer], 2)).toEqual([{ inputs: 2, outputs: 2, weights: Float32Array.of(1, 2, 4, 5), bias: Float32Array.of(7, 8) }]);
  expect(cutLayers([layer], 3)[0]).toBe(layer);
});
