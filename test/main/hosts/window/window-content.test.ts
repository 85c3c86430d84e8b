import { expect, test } from 'vitest';
import { contentAt } from '../../../../src/main/hosts/window/window-content.js';

const ID = '0123456789abcdef';
const engine = { picture: async (name: string) => ({ file: `/pictures of the engine/${name}`, type: 'image/png' as const }) };
const caching = async (name: string) => (await contentAt(`/pictures/${name}`, '/window', engine)).cacheControl;

test('a name that is too long for the engine stands for no picture', async () => {
  await expect(contentAt(`/pictures/${'x'.repeat(201)}`, '/window', engine)).rejects.toMatchObject({ status: 404 });
});

test('a preview is asked for anew: another run may have taken the place of its run', async () => {
  expect(await caching(`preview/${ID}/40`)).toBe('no-cache');
  expect(await caching(`lab/${ID}/hardest`)).toBe('no-cache');
  expect(await caching(`thumbnail/${ID}/40`)).toContain('immutable');
});
