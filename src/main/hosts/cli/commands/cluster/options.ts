import { InvalidArgumentError, Option } from 'commander';
import { MOST_PIECES } from '../../../../../shared/run/config.js';
import { numberWithin } from '../../option-values.js';

/** What a command line says of a cluster. */
export interface ClusterFlags {
  address: string;
  workers: number;
  storage: string;
  place?: string;
  header?: Record<string, string>;
  detach?: boolean;
}

export function clusterOptions(): Option[] {
  return [
    new Option('--address <url>', "of the head's dashboard, such as http://10.0.0.1:8265").makeOptionMandatory(),
    new Option('--workers <n>', 'processes that train together').argParser(numberWithin(1, MOST_PIECES, { whole: true })).makeOptionMandatory(),
    new Option('--storage <place>', 'where checkpoints are kept: a path that all machines of the cluster see, s3:// or gs://').default('/tmp/chromabench-cluster'),
    new Option('--place <place>', 'where the machines see the photographs: a path, s3:// or gs://; without it they are sent along'),
    headerOption(),
    new Option('--detach', 'hand the training over and leave; cluster attach follows it'),
  ];
}

export function headerOption(): Option {
  return new Option('--header <name: value>', 'for a proxy that wants to know who asks; never written down; can be given again and again').argParser(header);
}

function header(text: string, before: Record<string, string> = {}): Record<string, string> {
  const [, name, value] = /^([\w-]+):\s*([\x21-\x7e][\t\x20-\x7e]*)$/.exec(text) ?? [];
  if (name === undefined) throw new InvalidArgumentError('It must be a name, a colon and a value in plain letters.');
  return { ...before, [name]: value };
}
