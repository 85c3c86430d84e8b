import { homedir } from 'node:os';
import { join, resolve } from 'node:path';

/** What the place of the cache depends on; handed in so that every platform can be asked about on any. */
export interface Surroundings {
  platform: NodeJS.Platform;
  home: string;
  environment: Readonly<Record<string, string | undefined>>;
}

/**
 * The folder for what can be made again: the native engine, downloads, colour statistics. Shared by all checkouts.
 * `CHROMABENCH_CACHE` where it is set, else `chromabench` in the platform's cache folder. It need not exist yet.
 * scripts/setup/cache.mjs, which runs before the build, follows the same rule; a test holds the two together.
 */
export function cacheFolder(surroundings: Surroundings = { platform: process.platform, home: homedir(), environment: process.env }): string {
  const { environment } = surroundings;
  if (environment.CHROMABENCH_CACHE) return resolve(environment.CHROMABENCH_CACHE);
  return join(platformCache(surroundings), 'chromabench');
}

function platformCache({ platform, home, environment }: Surroundings): string {
  if (platform === 'darwin') return join(home, 'Library', 'Caches');
  if (platform === 'win32') return environment.LOCALAPPDATA || join(home, 'AppData', 'Local');
  return environment.XDG_CACHE_HOME || join(home, '.cache');
}
