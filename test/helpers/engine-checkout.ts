/** Checkouts for tests of the set-up, and ways to an engine that need no download. */
import { cp, link, mkdir, mkdtemp, readdir, symlink } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { basename, join } from 'node:path';
import type { Way } from '../../scripts/setup/engine-making.mjs';
import { ClosedWay } from '../../scripts/setup/fault.mjs';
import { listFiles } from '../../scripts/setup/files.mjs';

const realModules = join(import.meta.dirname, '..', '..', 'node_modules');
const realPackage = join(realModules, '@tensorflow', 'tfjs-node');
const engineParts = ['deps', 'lib'];

/** A folder for a test file's checkouts and caches. */
export function newWorkshop(): Promise<string> {
  return mkdtemp(join(tmpdir(), 'chromabench-engine-'));
}

/** A checkout with this one's packages, but a tfjs-node of its own without an engine. */
export async function newCheckout(workshop: string): Promise<string> {
  const checkout = await mkdtemp(join(workshop, 'checkout-'));
  const modules = join(checkout, 'node_modules');
  await mkdir(join(modules, '@tensorflow'), { recursive: true });
  for (const name of await readdir(realModules)) {
    if (name !== '@tensorflow' && !name.startsWith('.')) await symlink(join(realModules, name), join(modules, name));
  }
  for (const name of await readdir(join(realModules, '@tensorflow'))) {
    if (name !== 'tfjs-node') await symlink(join(realModules, '@tensorflow', name), join(modules, '@tensorflow', name));
  }
  await cp(realPackage, packageOf(checkout), { recursive: true, filter: (path) => !engineParts.includes(basename(path)) });
  return checkout;
}

export function packageOf(checkout: string): string {
  return join(checkout, 'node_modules', '@tensorflow', 'tfjs-node');
}

/** Makes an engine out of this checkout's own, whose files it shares. */
export function workingWay(): Way & { calls: number } {
  return {
    name: 'a way that works',
    calls: 0,
    async make({ output }) {
      this.calls++;
      for (const part of engineParts) {
        for (const { path } of await listFiles(join(realPackage, part))) {
          await mkdir(join(output, part, path, '..'), { recursive: true });
          await link(join(realPackage, part, path), join(output, part, path)).catch(() => cp(join(realPackage, part, path), join(output, part, path)));
        }
      }
    },
  };
}

export function closedWay(name: string, reason: string, cure?: string): Way {
  return { name, make: () => Promise.reject(new ClosedWay(reason, cure)) };
}
