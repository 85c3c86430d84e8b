import { Command } from 'commander';
import type { CommandHost } from '../../command-host.js';
import { activationsCommand, resumeCommand } from './activations.js';
import { filmCommand } from './film.js';
import { outliersCommand } from './outliers.js';
import { regularizationCommand } from './regularization.js';
import { shrinkCommand } from './shrink.js';
import { sweepCommand } from './sweep.js';

const NOTES = `
Examples:
  $ chromabench lab regularization --out penalties
  $ chromabench lab shrink penalties --out smaller
  $ chromabench lab sweep --out lambdas --set sweep.folds=10
  $ chromabench lab activations --out rectified --set data.kind=mnist --set data.folder=~/mnist
  $ chromabench charts penalties --out penalty-charts

Every run holds its settings, its seed and all figures. chromabench lab COMMAND --help lists the settings.`;

export function labCommand(host: CommandHost): Command {
  const lab = new Command('lab').addHelpText('after', NOTES);
  for (const command of [regularizationCommand, outliersCommand, sweepCommand, shrinkCommand, filmCommand, activationsCommand, resumeCommand]) lab.addCommand(command(host));
  return lab;
}
