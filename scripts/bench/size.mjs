/**
 * The room that the installed program takes, by part, and what a package of it would leave out. `node scripts/bench/size.mjs`.
 */
import { readdir, stat } from 'node:fs/promises';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { isNeeded, productionPackages } from '../package/engine-folder.mjs';
import { megabytes } from './program.mjs';

const checkout = fileURLToPath(new URL('../..', import.meta.url));
/** Packages that are told by name; smaller ones are summed. */
const namedFrom = 10e6;

async function main() {
  const modules = join(checkout, 'node_modules');
  const needed = await productionPackages(checkout);
  const packages = await Promise.all(needed.map(async (name) => ({ name, ...(await sizeOf(join(modules, name), name)) })));
  const all = await sizeOf(modules, '');
  const [kept, whole] = [sum(packages.map((part) => part.kept)), sum(packages.map((part) => part.whole))];
  const named = packages.filter((part) => part.whole >= namedFrom).sort((a, b) => b.whole - a.whole);
  const built = await sizeOf(join(checkout, 'out'), 'out');
  const resources = await sizeOf(join(checkout, 'resources'), 'resources');
  for (const part of named) line(part.name, part);
  line('other packages', { kept: kept - sum(named.map((part) => part.kept)), whole: whole - sum(named.map((part) => part.whole)) });
  line('packages that build and test', { kept: 0, whole: all.whole - whole });
  line('the built program (out)', built);
  line('photographs, digits, fonts (resources)', resources);
  line('all', { kept: kept + built.kept + resources.kept, whole: all.whole + built.whole + resources.whole });
  console.log(JSON.stringify({ benchmark: 'size', packages, all: all.whole, built: built.whole, resources: resources.whole }));
}

/**
 * Bytes of a folder's files, and of those that the engine reads.
 * @param {string} folder
 * @param {string} name The package's; what lies in a checkout's own folders is all needed.
 * @returns {Promise<{ whole: number, kept: number }>}
 */
async function sizeOf(folder, name) {
  const total = { whole: 0, kept: 0 };
  for (const entry of await readdir(folder, { recursive: true, withFileTypes: true })) {
    if (!entry.isFile()) continue;
    const path = join(entry.parentPath, entry.name);
    const { size } = await stat(path);
    total.whole += size;
    if (isNeeded(`${name}/${path.slice(folder.length + 1).replaceAll('\\', '/')}`)) total.kept += size;
  }
  return total;
}

/** @param {readonly number[]} values */
const sum = (values) => values.reduce((all, value) => all + value, 0);

/** @param {string} name @param {{ whole: number, kept: number }} size */
function line(name, { whole, kept }) {
  console.log(`${name.padEnd(40)}${megabytes(whole).padStart(9)}   in a package ${megabytes(kept).padStart(8)}`);
}

await main();
