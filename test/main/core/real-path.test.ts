import { mkdirSync, realpathSync, symlinkSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { beforeAll, describe, expect, test } from 'vitest';
import { isPlainPath, realPlace } from '../../../src/main/core/real-path.js';
import { temporaryFolder } from '../../helpers/temporary-folder.js';

describe('a plain path', () => {
  test.each([
    ['/home/me/photos', 'posix', true], ['/', 'posix', true], ['/a/..b/.c/d..', 'posix', true], ['/a\\..\\b', 'posix', true],
    ['/a/../b', 'posix', false], ['/a/.', 'posix', false], ['/a/b/..', 'posix', false], ['a', 'posix', false], ['C:\\a', 'posix', false], ['/a\0b', 'posix', false],
    ['C:\\Photos', 'win32', true], ['C:/Photos/My coast', 'win32', true], ['\\\\server\\share\\x', 'win32', true],
    ['C:\\a\\..\\b', 'win32', false], ['C:/a/../b', 'win32', false], ['C:\\a\\.. \\b', 'win32', false], ['C:\\a.\\b', 'win32', false],
    ['C:\\a\\file.txt:stream', 'win32', false], ['C:\\a::$DATA', 'win32', false], ['\\\\?\\C:\\a', 'win32', false], ['\\\\.\\PhysicalDrive0', 'win32', false], ['C:a', 'win32', false],
  ] as const)('%j on %s: %s', (path, platform, plain) => {
    expect(isPlainPath(path, platform)).toBe(plain);
  });
});

describe.skipIf(process.platform === 'win32')('the place that a path leads to', () => {
  let place: string;
  beforeAll(async () => {
    place = realpathSync(await temporaryFolder('places'));
    mkdirSync(join(place, 'folder'));
    writeFileSync(join(place, 'file'), '');
    symlinkSync(join(place, 'folder'), join(place, 'link'));
    symlinkSync(join(place, 'nothing'), join(place, 'dangling'));
    symlinkSync(join(place, 'round'), join(place, 'round'));
  });

  test.each([
    ['folder', 'folder'], ['link', 'folder'], ['link/new/newer', 'folder/new/newer'], ['new', 'new'], ['file/below', 'file/below'],
  ])('%s: %s', async (path, real) => {
    expect(await realPlace(join(place, path))).toBe(join(place, real));
  });

  test.each(['dangling', 'dangling/new', 'round', 'round/x'])('%s cannot be told', async (path) => {
    await expect(realPlace(join(place, path))).rejects.toThrow(/cannot be followed to where it lies \(E(NOENT|LOOP)\)\. Choose another place\.$/);
  });

  test('a way back is refused before it is followed', async () => {
    await expect(realPlace(`${place}/link/../file`)).rejects.toThrow(/is not a plain path/);
  });
});
