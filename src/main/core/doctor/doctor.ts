import { access, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { cacheFolder } from '../paths.js';
import { chosenEngine } from '../graph/index.js';
import { PROGRAM_FOLDER } from '../program-folder.js';
import { examineCache } from './cache.js';
import { examineEngine, examineGpuEngine } from './engine.js';
import { examineMemory } from './memory.js';
import { findProblems } from './problems.js';
import { examineProcessor } from './processor.js';
import { findBrowser, findDisplay, findElectron, findGpus } from './programs.js';
import type { DoctorReport, Facts } from '../../../shared/doctor/report.js';

/**
 * Examines everything that the program depends on. Loads nothing native into this process, changes nothing, and finds
 * faults instead of throwing them.
 */
export async function doctor(folder: string = PROGRAM_FOLDER): Promise<DoctorReport> {
  const [program, engine, gpuEngine, processor, memory, gpus, electron, browser, cache] = await Promise.all([
    examineProgram(folder),
    examineEngine(folder),
    examineGpuEngine(folder),
    examineProcessor(),
    examineMemory(),
    findGpus(),
    findElectron(folder),
    findBrowser(),
    examineCache(cacheFolder()),
  ]);
  const display = findDisplay();
  const facts: Facts = { program, engine, ...(gpuEngine && { gpuEngine }), chosenEngine: chosenEngine(), processor, memory, gpus, electron, browser, ...(display && { display }), cache };
  return { ...facts, problems: findProblems(facts) };
}

async function examineProgram(folder: string): Promise<Facts['program']> {
  const { version, dependencies } = JSON.parse(await readFile(join(folder, 'package.json'), 'utf8')) as { version: string; dependencies: Record<string, string> };
  const names = Object.keys(dependencies);
  const found = await Promise.all(names.map((name) => access(join(folder, 'node_modules', name, 'package.json')).then(() => true, () => false)));
  return {
    version,
    folder,
    node: process.versions.node,
    platform: `${process.platform} ${process.arch}`,
    missingPackages: names.filter((_, index) => !found[index]),
  };
}
