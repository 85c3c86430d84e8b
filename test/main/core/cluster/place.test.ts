import { execFileSync } from 'node:child_process';
import { join } from 'node:path';
import { expect, it } from 'vitest';
import { placeBelow } from '../../../../src/main/core/cluster/cluster-address.js';
import { checkout } from '../../../e2e/program.js';
import { CLUSTER_PYTHON } from '../../../e2e/ray-head.js';

it.each([
  ['/shared/runs', '/shared/runs/one'],
  ['/shared/runs//', '/shared/runs/one'],
  ['/shared/what?', '/shared/what?/one'],
  ['s3://bucket', 's3://bucket/one'],
  ['s3://bucket/runs/', 's3://bucket/runs/one'],
  ['s3://bucket/runs?scheme=http&endpoint_override=127.0.0.1:9000', 's3://bucket/runs/one?scheme=http&endpoint_override=127.0.0.1:9000'],
  ['s3://bucket/runs/?region=eu-west-1', 's3://bucket/runs/one?region=eu-west-1'],
])('a folder in %s', (place, folder) => {
  expect(placeBelow(place, 'one')).toBe(folder);
});

it.skipIf(CLUSTER_PYTHON === '')('what is written beyond this machine is read as it was, also what is compressed', () => {
  const program = "from chromabench_cluster.storage import Place; place = Place('mock:///runs'); place.write('deep/one.json.gz', b'bytes'); print(place.read('deep/one.json.gz'), place.files())";
  const env = { ...process.env, PYTHONPATH: join(checkout, 'python/cluster'), PYTHONDONTWRITEBYTECODE: '1' };
  expect(execFileSync(CLUSTER_PYTHON, ['-c', program], { env, encoding: 'utf8' })).toBe("b'bytes' ['deep/one.json.gz']\n");
});
