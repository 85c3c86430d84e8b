import { mkdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { demandDesktop, demandInstallerNode, installed, namespaceBarrier } from '../../../scripts/start/desktop.mjs';
import { temporaryFolder } from '../../helpers/temporary-folder.js';

describe('whether a window of its own can be opened', () => {
  test('Linux needs a display, and another user than root', () => {
    expect(() => demandDesktop({ platform: 'linux', environment: {}, user: 1000 })).toThrow('there is no display');
    expect(() => demandDesktop({ platform: 'linux', environment: { DISPLAY: ':0' }, user: 0 })).toThrow('root');
    expect(() => demandDesktop({ platform: 'linux', environment: { WAYLAND_DISPLAY: 'wayland-0' }, user: 1000 })).not.toThrow();
    expect(() => demandDesktop({ platform: 'darwin', environment: {}, user: 0 })).not.toThrow();
    expect(() => demandDesktop({ platform: 'win32', environment: {} })).not.toThrow();
  });

  test.each(['20.19.0', '22.11.9'])('Node %s is too old for the installer', (version) => {
    expect(() => demandInstallerNode(version)).toThrow(`needs Node.js 22.12 (this is ${version})`);
  });

  test.each(['22.12.0', '24.0.1'])('Node %s is new enough', (version) => expect(() => demandInstallerNode(version)).not.toThrow());

  test('a system without namespaces for users is told by the name of its setting', () => {
    expect(namespaceBarrier(['1\n', '1\n', '1000\n'])).toBe('kernel.apparmor_restrict_unprivileged_userns is 1');
    expect(namespaceBarrier(['', '0\n', '1000\n'])).toBe('kernel.unprivileged_userns_clone is 0');
    expect(namespaceBarrier(['', '', '0\n'])).toBe('user.max_user_namespaces is 0');
    expect(namespaceBarrier(['0\n', '1\n', '1000\n'])).toBeUndefined();
    expect(namespaceBarrier(['', '', ''])).toBeUndefined();
  });
});

test('only the version that the package names counts as installed', async () => {
  const folder = await temporaryFolder('electron');
  await writeFile(join(folder, 'package.json'), '{"version":"45.5.0"}');
  expect(await installed(folder)).toBeUndefined();
  await mkdir(join(folder, 'dist'));
  await writeFile(join(folder, 'path.txt'), 'electron');
  await writeFile(join(folder, 'dist/version'), '44.0.0');
  await writeFile(join(folder, 'dist/electron'), '');
  expect(await installed(folder)).toBeUndefined();
  await writeFile(join(folder, 'dist/version'), 'v45.5.0\n');
  expect(await installed(folder)).toBe(join(folder, 'dist/electron'));
});
