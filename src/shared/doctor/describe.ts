/** What the doctor found, in words for people. */
import { bytes } from '../words/words.js';
import type { CacheFacts, DoctorReport, EngineFacts, MemoryFacts, Problem, ProcessorFacts } from './report.js';

const ELECTRON_CURE = "not installed; only a window needs it (`npm install --no-save electron` in the program's folder fetches it)";
const GPU_ENGINE_CURE = 'not set up; `npm start -- --gpu` does it where there is an NVIDIA card (Linux x64, a download of 2.4 GB)';
const BROWSER_CURE = 'no Chromium or Chrome found; only the workbench needs one (Debian, Ubuntu: apt-get install chromium)';

/** The report as text: a line a fact, then the problems with their cures. */
export function describeReport(report: DoctorReport): string {
  const facts = factsOf(report);
  const width = Math.max(...facts.map(([name]) => name.length));
  return [...facts.map(([name, text]) => `${name.padEnd(width)}  ${text}`), '', ...describeProblems(report.problems)].join('\n');
}

/** Every fact of a report: its name and what was found. */
export function factsOf({ program, engine, gpuEngine, chosenEngine, processor, memory, gpus, electron, browser, display, cache }: DoctorReport): [name: string, text: string][] {
  return [
    ['Chromabench', `${program.version} in ${program.folder}`],
    ['Node.js', `${program.node} on ${program.platform}`],
    ['npm packages', program.missingPackages.length > 0 ? `missing: ${program.missingPackages.join(', ')}` : 'in place'],
    ['Engine', describeEngine(engine)],
    ['Engine for GPUs', gpuEngine ? describeEngine(gpuEngine) : GPU_ENGINE_CURE],
    ['Processor', describeProcessor(processor)],
    ['Threads', describeThreads(processor)],
    ['Memory', describeMemory(memory)],
    ['GPU', gpus.length > 0 ? `${gpus.join(', ')} (${describeUse(chosenEngine, gpuEngine)})` : 'none found; the engine computes on the processor'],
    ['Electron', electron.version ?? ELECTRON_CURE],
    ['Browser', browser.path ? `${browser.path}${browser.version ? ` (${browser.version})` : ''}` : BROWSER_CURE],
    ['Display', display ?? 'none'],
    ['Cache', describeCache(cache)],
  ];
}

function describeEngine({ tensorflow, kernels, oneDnn, sharp, secondsToLoad, devices, fault }: EngineFacts): string {
  if (fault) return `does not work: ${fault}`;
  const details = [devices && `computes on ${devices.join(' and ')}`, kernels && `kernels for ${kernels}`, `oneDNN ${oneDnn ? 'on' : 'off'}`, secondsToLoad !== undefined && `loads in ${secondsToLoad.toFixed(1)} s`, sharp && `sharp ${sharp}`];
  return [`TensorFlow ${tensorflow}`, ...details.filter(Boolean)].join(', ');
}

/** Whether cards that are there compute for this program. */
function describeUse(chosen: DoctorReport['chosenEngine'], gpuEngine: EngineFacts | undefined): string {
  if (chosen === 'cpu') return 'not used: the program was started with the engine for the processor; `npm start -- --gpu` starts it with the other';
  return gpuEngine?.devices?.some((device) => device.startsWith('GPU:')) ? 'used' : 'not used: the engine for GPUs does not reach it';
}

function describeProcessor({ model, instructionSets }: ProcessorFacts): string {
  return instructionSets.length > 0 ? `${model}: ${instructionSets.join(', ')}` : model;
}

function describeThreads({ threads, quota }: ProcessorFacts): string {
  return quota === undefined ? `${threads}` : `${threads}; the container grants the time of ${quota} processors`;
}

function describeMemory({ total, available, limit }: MemoryFacts): string {
  return `${bytes(available)} of ${bytes(total)} available${limit === undefined ? '' : `; the container grants ${bytes(limit)}`}`;
}

function describeCache({ folder, free, parts, clear }: CacheFacts): string {
  const held = parts.map((part) => `${part.name} ${bytes(part.bytes)}`).join(', ') || 'empty';
  return `${folder}: ${held}${free === undefined ? '' : `; ${bytes(free)} free`}; \`${clear}\` empties it`;
}

function describeProblems(problems: readonly Problem[]): string[] {
  if (problems.length === 0) return ['No problems found.'];
  return problems.flatMap(({ severity, what, cure }) => [`${severity === 'fault' ? 'Problem' : 'Remark'}: ${what}`, `  ${cure}`]);
}
