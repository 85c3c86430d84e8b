import { mkdir, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { ensurePackages, packagesInPlace } from '../../../scripts/setup/packages.mjs';

let checkout: string;

beforeEach(async () => void (checkout = await mkdtemp(join(tmpdir(), 'chromabench-packages-'))));
afterEach(() => rm(checkout, { recursive: true }));

async function write(path: string, content: unknown): Promise<void> {
  await mkdir(dirname(join(checkout, path)), { recursive: true });
  await writeFile(join(checkout, path), JSON.stringify(content));
}

async function writeCheckout(installed: Record<string, object>): Promise<void> {
  const wanted = { '': {}, 'node_modules/sharp': { version: '1.0.0' }, 'node_modules/sharp-darwin': { version: '1.0.0', optional: true } };
  await write('package-lock.json', { packages: wanted });
  await write('node_modules/.package-lock.json', { packages: installed });
  for (const path of Object.keys(installed)) await write(`${path}/package.json`, {});
}

test('what the lock asks for is in place; packages for other platforms may be absent', async () => {
  await writeCheckout({ 'node_modules/sharp': { version: '1.0.0' } });
  expect(await packagesInPlace(checkout)).toBe(true);
});

test('no node_modules at all', async () => {
  await write('package-lock.json', { packages: {} });
  expect(await packagesInPlace(checkout)).toBe(false);
});

test('the lock has moved on', async () => {
  await writeCheckout({ 'node_modules/sharp': { version: '0.9.0' } });
  expect(await packagesInPlace(checkout)).toBe(false);
});

test('an installation that was cut short', async () => {
  await writeCheckout({});
  expect(await packagesInPlace(checkout)).toBe(false);
  await writeFile(join(checkout, 'node_modules', '.package-lock.json'), '{"packages":');
  expect(await packagesInPlace(checkout)).toBe(false);
});

test('a package whose folder was deleted', async () => {
  await writeCheckout({ 'node_modules/sharp': { version: '1.0.0' } });
  await rm(join(checkout, 'node_modules', 'sharp'), { recursive: true });
  expect(await packagesInPlace(checkout)).toBe(false);
});

test('npm is asked for packages of every sort, and is not believed when it leaves some out', async () => {
  await writeCheckout({});
  const npm = join(checkout, 'npm-cli.js');
  await writeFile(npm, "require('node:fs').writeFileSync('asked.json', JSON.stringify(process.argv.slice(2)))");
  vi.stubEnv('npm_execpath', npm);
  try {
    await expect(ensurePackages(checkout)).rejects.toThrow('npm ended well but left packages out');
  } finally {
    vi.unstubAllEnvs();
  }
  const asked = JSON.parse(await readFile(join(checkout, 'asked.json'), 'utf8'));
  expect(asked).toEqual(expect.arrayContaining(['ci', '--ignore-scripts', '--include=dev', '--include=optional']));
});
