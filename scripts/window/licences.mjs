/** Whose work the program is made of: the module `virtual:licences` of the window, made when the window is built. */
import { readdir, readFile, stat } from 'node:fs/promises';
import { extname, join } from 'node:path';

const MODULE = 'virtual:licences';
const SOURCES = 'src/renderer';
/** A package's name in an import, without a path inside it: `vue`, `@lucide/vue`. */
const IMPORTED = /(?:from|import) '((?:@[\w.-]+\/)?[\w][\w.-]*)[^']*'/g;
const LICENCE_FILE = /^(licen[cs]e|copying|notice)/i;

/**
 * @typedef {{ name: string, version: string, licence: string, text: string }} Licence
 * @typedef {{ version: string, license?: string, dependencies?: Record<string, string>, optionalDependencies?: Record<string, string> }} Locked
 */

/** @param {string} folder The checkout. @returns {import('vite').Plugin} */
export function licences(folder) {
  return {
    name: 'licences',
    resolveId: (id) => (id === MODULE ? `\0${MODULE}` : undefined),
    load: async (id) => (id === `\0${MODULE}` ? `export default ${JSON.stringify(await listLicences(folder))}` : undefined),
  };
}

/**
 * Every package that people get: what the program runs with and what is built into the window, with all that these need.
 * @param {string} folder The checkout, its packages installed. @returns {Promise<Licence[]>} By name.
 */
export async function listLicences(folder) {
  const { dependencies } = JSON.parse(await readFile(join(folder, 'package.json'), 'utf8'));
  /** @type {{ packages: Record<string, Locked> }} */
  const { packages } = JSON.parse(await readFile(join(folder, 'package-lock.json'), 'utf8'));
  const roots = [...Object.keys(dependencies), ...(await importedIn(join(folder, SOURCES)))];
  const places = closure(packages, roots);
  const found = await Promise.all(places.map((place) => licenceAt(folder, place, packages[place])));
  const byVersion = new Map(found.filter((licence) => licence !== undefined).map((licence) => [`${licence.name} ${licence.version}`, licence]));
  return [...byVersion.values()].sort((a, b) => a.name.localeCompare(b.name, 'en'));
}

/** @param {string} folder @returns {Promise<string[]>} Names of the packages that the sources in a folder import. */
async function importedIn(folder) {
  const files = (await readdir(folder, { recursive: true })).filter((name) => ['.ts', '.vue'].includes(extname(name)));
  const texts = await Promise.all(files.map((name) => readFile(join(folder, name), 'utf8')));
  return texts.flatMap((text) => [...text.matchAll(IMPORTED)].map(([, name]) => name));
}

/** @param {Record<string, Locked>} packages @param {readonly string[]} roots @returns {string[]} Places of packages: `node_modules/a/node_modules/b`. */
function closure(packages, roots) {
  const places = new Set(roots.map((name) => placeOf(packages, '', name)).filter((place) => place !== undefined));
  for (const place of places) {
    const { dependencies = {}, optionalDependencies = {} } = packages[place];
    for (const name of Object.keys({ ...dependencies, ...optionalDependencies })) {
      const needed = placeOf(packages, place, name);
      if (needed !== undefined) places.add(needed);
    }
  }
  return [...places];
}

/** Where Node finds a package: beside the one that asks, else above. @param {Record<string, Locked>} packages @param {string} asker @param {string} name @returns {string | undefined} */
function placeOf(packages, asker, name) {
  const place = `${asker}${asker && '/'}node_modules/${name}`;
  if (place in packages) return place;
  const above = asker.lastIndexOf('/node_modules/');
  return asker === '' ? undefined : placeOf(packages, above < 0 ? '' : asker.slice(0, above), name);
}

/** @param {string} folder @param {string} place @param {Locked} locked @returns {Promise<Licence | undefined>} Nothing for a package of another platform. */
async function licenceAt(folder, place, { version, license }) {
  const home = join(folder, place);
  if (!(await stat(home).catch(() => undefined))) return undefined;
  const file = (await readdir(home)).find((name) => LICENCE_FILE.test(name));
  const text = file === undefined ? '' : await readFile(join(home, file), 'utf8').catch(() => '');
  return { name: place.slice(place.lastIndexOf('node_modules/') + 'node_modules/'.length), version, licence: license ?? licenceOf(text), text: text.trim() };
}

/** What only one licence says, for packages that state theirs in its text alone; the stricter before the one that says less. */
const SAYINGS = /** @type {const} */ ([
  ['BSD-3-Clause', /Redistributions in binary form[\s\S]*Neither the name/],
  ['BSD-2-Clause', /Redistributions in binary form/],
  ['MIT', /Permission is hereby granted, free of charge/],
]);

/** @param {string} text */
function licenceOf(text) {
  return SAYINGS.find(([, saying]) => saying.test(text))?.[0] ?? 'not stated';
}
