import { bytes } from '../../../shared/words/words.js';
import type { CacheFacts, DoctorReport, EngineFacts, MemoryFacts, Problem, ProcessorFacts } from './report.js';

const ELECTRON_CURE = "not installed; only a window needs it (`npm install --no-save electron` in the program's folder fetches it)";
const BROWSER_CURE = 'no Chromium or Chrome found; only the workbench needs one (Debian, Ubuntu: apt-get install chromium)';

/** The report for people: a line a fact, then the problems with their cures. */
export function describeReport(report: DoctorReport): string {
  const { program, gpus, electron, browser, display } = report;
  const facts: [string, string][] = [
    ['Chromabench', `${program.version} in ${program.folder}`],
    ['Node.js', `${program.node} on ${program.platform}`],
    ['npm packages', program.missingPackages.length > 0 ? `missing: ${program.missingPackages.join(', ')}` : 'in place'],
    ['Engine', describeEngine(report.engine)],
    ['Processor', describeProcessor(report.processor)],
    ['Threads', describeThreads(report.processor)],
    ['Memory', describeMemory(report.memory)],
    ['GPU', gpus.length > 0 ? `${gpus.join(', ')} (not used: the engine computes on the processor)` : 'none found; the engine computes on the processor'],
    ['Electron', electron.version ?? ELECTRON_CURE],
    ['Browser', browser.path ? `${browser.path}${browser.version ? ` (${browser.version})` : ''}` : BROWSER_CURE],
    ['Display', display ?? 'none'],
    ['Cache', describeCache(report.cache)],
  ];
  const width = Math.max(...facts.map(([name]) => name.length));
  return [...facts.map(([name, text]) => `${name.padEnd(width)}  ${text}`), '', ...describeProblems(report.problems)].join('\n');
}

function describeEngine({ tensorflow, kernels, oneDnn, sharp, secondsToLoad, fault }: EngineFacts): string {
  if (fault) return `does not work: ${fault}`;
  const details = [kernels && `kernels for ${kernels}`, `oneDNN ${oneDnn ? 'on' : 'off'}`, secondsToLoad !== undefined && `loads in ${secondsToLoad.toFixed(1)} s`, sharp && `sharp ${sharp}`];
  return [`TensorFlow ${tensorflow}`, ...details.filter(Boolean)].join(', ');
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
