import { Command } from 'commander';
import type { CommandHost } from '../../command-host.js';
import { attachCommand, stopCommand } from './attach.js';
import { resumeOnClusterCommand, trainOnClusterCommand } from './train.js';

const NOTES = `
The cluster is one of Ray (https://www.ray.io), version 2.9 to 2.49, whose machines have TensorFlow 2.12 to 2.16, pyarrow and pillow
beside Ray. It is spoken to through the address of its head's dashboard, and through that alone.`;

export function clusterCommand(host: CommandHost): Command {
  return new Command('cluster')
    .addCommand(trainOnClusterCommand(host))
    .addCommand(resumeOnClusterCommand(host))
    .addCommand(attachCommand(host))
    .addCommand(stopCommand(host))
    .addHelpText('after', NOTES);
}
