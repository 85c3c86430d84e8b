import { Command } from 'commander';
import type { CommandHost } from '../command-host.js';
import { activationsCommand, resumeCommand } from './lab/activations.js';
import { filmCommand } from './lab/film.js';
import { outliersCommand } from './lab/outliers.js';
import { regularizationCommand } from './lab/regularization.js';
import { shrinkCommand } from './lab/shrink.js';
import { sweepCommand } from './lab/sweep.js';

const NOTES = `
Examples:
  $ chromabench lab regularization --out penalties
  $ chromabench lab shrink penalties --out smaller
  $ chromabench lab sweep --out lambdas --set sweep.folds=10
  $ chromabench lab activations --out rectified --set data.kind=mnist --set data.folder=~/mnist
  $ chromabench charts penalties --out penalty-charts

Every run holds its settings, its seed and all figures. chromabench lab COMMAND --help lists the settings.`;

export function labCommand(host: CommandHost): Command {
  const lab = new Command('lab').description('Experiments with small networks: penalties on weights, rectified activations.').addHelpText('after', NOTES);
  for (const command of [regularizationCommand, outliersCommand, sweepCommand, shrinkCommand, filmCommand, activationsCommand, resumeCommand]) lab.addCommand(command(host));
  return lab;
}
