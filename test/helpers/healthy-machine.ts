import type { Facts } from '../../src/shared/doctor/report.js';

/** A machine with nothing to complain about. */
export const healthy: Facts = {
  program: { version: '0.1.0', folder: '/home/ada/chromabench', node: '20.19.0', platform: 'linux x64', missingPackages: [] },
  engine: { tensorflow: '2.15.1', kernels: 'Intel AVX2', oneDnn: false, sharp: '0.35.5', secondsToLoad: 1.24, devices: ['the processor'] },
  chosenEngine: 'cpu',
  processor: { model: 'AMD EPYC', instructionSets: ['AVX', 'AVX2', 'FMA'], threads: 2 },
  memory: { total: 16e9, available: 8e9 },
  gpus: [],
  electron: { version: '45.0.0' },
  browser: { path: '/usr/bin/chromium', version: '131.0' },
  display: 'X11 :0',
  cache: { folder: '/home/ada/.cache/chromabench', writable: true, free: 50e9, parts: [{ name: 'engine', bytes: 614e6 }], clear: 'npm run clear-cache' },
};
