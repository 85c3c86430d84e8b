import { afterAll, expect, test } from 'vitest';
import { Workplace } from './program.js';

const place = new Workplace();
afterAll(() => place.remove());

test('doctor tells of the engine all that it found out, whether oneDNN computes included', async () => {
  const { code, out, err } = await place.run('doctor', '--json');
  expect(code, err).toBe(0);
  const { engine } = JSON.parse(out) as { engine: Record<string, unknown> };
  expect(engine).toEqual({
    tensorflow: expect.stringMatching(/^2\./),
    kernels: expect.any(String),
    oneDnn: expect.any(Boolean),
    sharp: expect.stringMatching(/^0\./),
    secondsToLoad: expect.any(Number),
    devices: ['the processor'],
  });
});
