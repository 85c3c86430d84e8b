/** The checkout's own, which comes last: folders above it may be called so too. */
const SOURCE_FOLDER = /\/src\/main\/(?!.*\/src\/main\/)/;

/**
 * The file that starts a thread: a compiled module beside the asking one. Node 20 runs no TypeScript, so that modules that
 * themselves run from source (under the tests) start the one that the build left in out/.
 * @param name Name of the module without its ending.
 * @param moduleUrl import.meta.url of the asking module.
 */
export function compiledEntry(name: string, moduleUrl: string): URL {
  const compiled = moduleUrl.endsWith('.ts') ? moduleUrl.replace(SOURCE_FOLDER, '/out/main/') : moduleUrl;
  return new URL(`./${name}.js`, compiled);
}
