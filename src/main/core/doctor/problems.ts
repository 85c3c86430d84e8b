import { bytes } from '../../../shared/words/words.js';
import type { Facts, Problem } from '../../../shared/doctor/report.js';

const SET_UP = "Run `npm start` once in the program's folder: it sets everything up and says what is missing.";
const GPU_SET_UP = "Run `npm run gpu-engine` in the program's folder, or unset CHROMABENCH_ENGINE to compute on the processor.";
/** A training of the default preset with its engine, data and reserves. */
const MEMORY_TO_TRAIN = 2e9;
/** Checkpoints, pictures and the statistics of a large folder. */
const DISK_TO_WORK = 2e9;
/** A quota below the threads by less than this costs nothing that one would notice. */
const QUOTA_TOLERANCE = 0.9;

/** Every problem that the facts show, with its cure; faults first. */
export function findProblems(facts: Facts): Problem[] {
  const faults = [...packageFaults(facts), ...engineFaults(facts), ...cacheFaults(facts), ...memoryFaults(facts)];
  const remarks = [...processorRemarks(facts), ...gpuRemarks(facts), ...windowRemarks(facts)];
  return [...faults, ...remarks];
}

function fault(what: string, cure: string): Problem {
  return { severity: 'fault', what, cure };
}

function remark(what: string, cure: string): Problem {
  return { severity: 'remark', what, cure };
}

function packageFaults({ program }: Facts): Problem[] {
  if (program.missingPackages.length === 0) return [];
  return [fault(`npm packages are missing: ${program.missingPackages.join(', ')}.`, SET_UP)];
}

function engineFaults({ engine, gpuEngine, chosenEngine }: Facts): Problem[] {
  const found = engine.fault ? [fault(`The engine does not work: ${engine.fault.replace(/\.$/, '')}.`, SET_UP)] : [];
  if (gpuEngine?.fault && chosenEngine === 'gpu') found.push(fault(brokenGpuEngine(gpuEngine.fault), GPU_SET_UP));
  if (chosenEngine === 'gpu' && !gpuEngine) found.push(fault('The environment variable CHROMABENCH_ENGINE is gpu, but the engine for GPUs is not there.', GPU_SET_UP));
  return found;
}

function brokenGpuEngine(reason: string): string {
  return `The engine for GPUs does not work: ${reason.replace(/\.$/, '')}.`;
}

function gpuRemarks({ gpuEngine, gpus, chosenEngine }: Facts): Problem[] {
  // What the program was not started with keeps it from nothing.
  if (gpuEngine?.fault && chosenEngine === 'cpu') return [remark(brokenGpuEngine(gpuEngine.fault), 'Run `npm run gpu-engine` in the program\'s folder before you start it with `--gpu`.')];
  if (!gpuEngine?.devices || gpuEngine.devices.some((device) => device.startsWith('GPU:'))) return [];
  const reason = gpuEngine.withoutGpu ?? (gpus.length === 0 ? "NVIDIA's driver names no card" : undefined);
  return [remark(`The engine for GPUs computes on the processor${reason ? `: ${reason}` : ''}.`, "Install NVIDIA's driver 525.60.13 or newer and see that `nvidia-smi` names the card; a container sees it only if it was started with `--gpus all`.")];
}

function cacheFaults({ cache }: Facts): Problem[] {
  const elsewhere = 'name another folder in the environment variable CHROMABENCH_CACHE.';
  const found: Problem[] = [];
  if (!cache.writable) found.push(fault(`The cache folder ${cache.folder} cannot be written.`, `Make it writable, or ${elsewhere}`));
  if (cache.free !== undefined && cache.free < DISK_TO_WORK) {
    found.push(fault(`The disk of ${cache.folder} has ${bytes(cache.free)} left.`, `Make room (\`${cache.clear}\` frees what can be made again), or ${elsewhere}`));
  }
  return found;
}

function memoryFaults({ memory }: Facts): Problem[] {
  const { available, limit = Infinity } = memory;
  if (limit < MEMORY_TO_TRAIN) {
    return [fault(`The container grants ${bytes(limit)} of memory; a training needs ${bytes(MEMORY_TO_TRAIN)}.`, "Raise the container's memory limit.")];
  }
  if (available >= MEMORY_TO_TRAIN) return [];
  return [fault(`${bytes(available)} of memory are available; a training needs ${bytes(MEMORY_TO_TRAIN)}.`, 'Close other programs, or use a smaller batch.')];
}

function processorRemarks({ processor }: Facts): Problem[] {
  const { instructionSets, threads, quota = Infinity } = processor;
  const found: Problem[] = [];
  if (instructionSets.length > 0 && !instructionSets.includes('AVX2')) {
    found.push(remark('The processor offers no AVX2: training takes several times as long as on one that does.', 'Use another machine, or let the virtual machine pass on the features of its host.'));
  }
  if (quota < threads * QUOTA_TOLERANCE) {
    found.push(remark(`The container grants the time of ${quota} processors, but the engine sees ${threads} and starts as many threads, which then wait for each other.`, 'Give the container whole processors (cpuset) instead of a share, or start the program under `taskset`.'));
  }
  return found;
}

function windowRemarks({ electron, browser, display }: Facts): Problem[] {
  if (electron.version && display) return [];
  if (!electron.version && !browser.path) {
    return [remark('Neither Electron nor a Chromium browser was found: there is nothing to open the workbench in. The command line does not need one.', 'Install Chromium or Chrome (Debian, Ubuntu: apt-get install chromium).')];
  }
  if (!display) return [remark('There is no display for windows. The command line does not need one.', 'Start the program in a graphical session, or print an address with `npx chromabench window --no-open --port 8600`, forward it (ssh -L 8600:127.0.0.1:8600) and open it where you sit.')];
  return [];
}
