/** The engine for NVIDIA's GPUs, through package registries alone: TensorFlow's wheel for CUDA, the addon compiled against it, NVIDIA's libraries beside it. */
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { demandSpace } from '../cache.mjs';
import { run, tellingLine } from '../command.mjs';
import { ClosedWay } from '../fault.mjs';
import { listFiles } from '../files.mjs';
import { downloadWheel } from '../python-wheel.mjs';
import { nvidiaWheels } from './nvidia-wheels.mjs';
import { demandTools, forPython311, makeFromWheel, tensorflowVersion, unpackWheel } from './wheel.mjs';

const pinned = {
  name: 'tensorflow',
  version: tensorflowVersion,
  file: `tensorflow-${tensorflowVersion}-cp311-cp311-manylinux_2_17_x86_64.manylinux2014_x86_64.whl`,
  sha256: 'bb0edd69103c154245c5f209f0507355cc68ba7e4de350084bc31edc562478e4',
  bytes: 475_258_663,
  selection: forPython311,
};
/** The downloads, what is unpacked of them, and TensorFlow's headers for as long as the addon is compiled. */
const spaceNeeded = 7e9;

/** What TensorFlow asks for by name; these bring the others. */
const openedByTensorflow = /\/lib(cudart|cublas|cublasLt|cufft|cusolver|cusparse|cudnn|cudnn_\w+|cupti)\.so\.\d+$/;

/** @type {import('../engine-making.mjs').Way} */
export const gpuWheel = { name: `TensorFlow ${tensorflowVersion}'s wheel for CUDA, NVIDIA's libraries and a compile of the addon (a download of 2.4 GB)`, make };

/** @param {import('../engine-making.mjs').Site} site */
async function make(site) {
  const { cache, stage, output } = site;
  const tools = await demandTools();
  await demandSpace(cache, spaceNeeded, 'Preparing TensorFlow for GPUs');
  await makeFromWheel(site, tools, pinned);
  // TensorFlow's libraries look for them in ../nvidia/NAME/lib, seen from their own folder.
  for (const wheel of nvidiaWheels) {
    const archive = await downloadWheel(tools.python, wheel, cache, stage);
    await unpackWheel(tools.python, 'unpack_nvidia.py', archive, join(output, 'deps'));
  }
  await demandLoading(join(output, 'deps', 'nvidia'));
}

/**
 * TensorFlow opens NVIDIA's libraries only where there is a driver; here each is opened anywhere, so that none is missing later.
 * @param {string} folder
 * @throws {ClosedWay}
 */
export async function demandLoading(folder) {
  const libraries = (await listFiles(folder)).flatMap(({ path }) => (openedByTensorflow.test(path) ? [join(folder, path)] : []));
  if (libraries.length === 0) throw new ClosedWay("NVIDIA's wheels held no libraries");
  const probe = fileURLToPath(new URL('../libraries-probe.cjs', import.meta.url));
  const { code, output } = await run(process.execPath, [probe, ...libraries]);
  if (code !== 0) throw new ClosedWay(`NVIDIA's libraries do not load: ${tellingLine(output)}`, 'see that the system has glibc 2.17 or newer and a C++ standard library');
}
