import { Command } from 'commander';
import type { CommandHost } from '../../command-host.js';
import { checkpointCommand } from './checkpoint.js';
import { differenceCommand } from './difference.js';
import { drawCommand } from './draw.js';
import { exportCommand } from './export.js';
import { freezeCommand } from './freeze.js';
import { infoCommand } from './info.js';
import { nodeCommand } from './node.js';
import { nodesCommand } from './nodes.js';
import { runCommand } from './run.js';

const NOTES = `
A graph is a TensorFlow GraphDef (.pb or .pbtxt), a .meta file, or the folder of a SavedModel; of this program's runs or of any
other program's. Files are untrusted: a graph is run in a process of its own, and only with operations that compute.`;

/** In the order of the help. */
const COMMANDS = [infoCommand, nodesCommand, nodeCommand, differenceCommand, drawCommand, checkpointCommand, freezeCommand, runCommand, exportCommand];

export function graphCommand(host: CommandHost): Command {
  const graph = new Command('graph').addHelpText('after', NOTES);
  for (const command of COMMANDS) graph.addCommand(command(host));
  return graph;
}
