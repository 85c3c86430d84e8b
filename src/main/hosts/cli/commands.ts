import type { Command } from 'commander';
import type { CommandHost } from './command-host.js';

/** What the help tells of a command, and where it is. */
export interface ListedCommand {
  name: string;
  /** What follows the name. */
  usage: string;
  about: string;
  load: () => Promise<(host: CommandHost) => Command>;
}

/** In the order of the help. */
export const COMMANDS: readonly ListedCommand[] = [
  {
    name: 'window', usage: '[options] [folder]',
    about: 'Open the window in a browser: look at photographs, train, colorize. It is served on this machine only.',
    load: async () => (await import('./commands/window.js')).windowCommand,
  },
  {
    name: 'demo', usage: '[options]',
    about: 'See the whole job on built-in photographs, in about three minutes: train, colorize, evaluate, draw charts.',
    load: async () => (await import('./commands/demo.js')).demoCommand,
  },
  {
    name: 'inspect', usage: '[options] <folder>',
    about: 'Look through a folder: which files are photographs to learn from, which are not and why, and how the colours are distributed.',
    load: async () => (await import('./commands/inspect.js')).inspectCommand,
  },
  {
    name: 'estimate', usage: '[options] <folder>',
    about: 'Tell how many steps a training would be, how long it would take and how much memory, without training.',
    load: async () => (await import('./commands/estimate.js')).estimateCommand,
  },
  {
    name: 'train', usage: '[options] <folder>',
    about: 'Train a network that colorizes, on a folder of colour photographs. The run folder then holds all that is known of it.',
    load: async () => (await import('./commands/train.js')).trainCommand,
  },
  {
    name: 'resume', usage: '[options] <run>',
    about: 'Go on with a training that was stopped or killed, from its newest checkpoint, as if it had never stopped.',
    load: async () => (await import('./commands/resume.js')).resumeCommand,
  },
  {
    name: 'colorize', usage: '[options] <run> <input...>',
    about: 'Colorize photographs with a trained run; a folder comes out as a folder with the same tree.',
    load: async () => (await import('./commands/colorize.js')).colorizeCommand,
  },
  {
    name: 'evaluate', usage: '[options] <run> [folder]',
    about: 'Measure how near the colours of a run come to the true ones of a folder, beside gray, one colour and random colours.',
    load: async () => (await import('./commands/evaluate.js')).evaluateCommand,
  },
  {
    name: 'charts', usage: '[options] <source...>',
    about: 'Draw charts into files: of a run its bins, weights, curves and filters; of several runs their curves over each other; of a laboratory its lines, weights and errors; of a folder of photographs its colours.',
    load: async () => (await import('./commands/charts.js')).chartsCommand,
  },
  {
    name: 'report', usage: '[options] <run>',
    about: 'Write all there is to say of a run, of a training or of a laboratory, into one HTML file: settings, curves, pictures, figures.',
    load: async () => (await import('./commands/report.js')).reportCommand,
  },
  {
    name: 'graph', usage: '<command>',
    about: 'Look into TensorFlow graphs and checkpoints, freeze them into one file, run them.',
    load: async () => (await import('./commands/graph/index.js')).graphCommand,
  },
  {
    name: 'lab', usage: '<command>',
    about: 'Experiments with small networks: penalties on weights, rectified activations.',
    load: async () => (await import('./commands/lab/index.js')).labCommand,
  },
  {
    name: 'cluster', usage: '<command>',
    about: 'Train on a Ray cluster: hand a training over, follow it, attach to it again, stop it; the run comes back as any other.',
    load: async () => (await import('./commands/cluster/index.js')).clusterCommand,
  },
  {
    name: 'settings', usage: '[options]',
    about: 'List every setting of a training: its value in a preset, what it may be, what it does.',
    load: async () => (await import('./commands/settings.js')).settingsCommand,
  },
  {
    name: 'doctor', usage: '[options]',
    about: 'Examine what the program depends on: engine, processor, memory, browser, cache; each problem comes with its cure.',
    load: async () => (await import('./commands/doctor.js')).doctorCommand,
  },
];
