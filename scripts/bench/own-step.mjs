/** A training step of this program on made-up data, to be timed in a process of the benchmark. */

/** As the presets train (`pyramid` is the network of the preset fast, `fast` the encoder-decoder that it had before); python/bench/step_peers.py has the same. */
export const SETTINGS = {
  seed: { bins: 200, batch: 32, patch: 32, grid: 16, steps: 3 },
  pyramid: { bins: 204, batch: 16, patch: 96, grid: 24, steps: 6, hints: true },
  fast: { bins: 204, batch: 16, patch: 144, grid: 36, steps: 4 },
};

export const UNTIMED_STEPS = 3;

/** What a step of each side learns from: no photographs, so that nothing else is timed. */
export const stepData = ({ bins, batch, patch, grid }) => ({
  lightness: Float32Array.from({ length: batch * patch * patch }, (_, i) => 50 + 50 * Math.sin(i * i)),
  target: Int32Array.from({ length: batch * grid * grid }, (_, i) => (i * 7) % bins),
});

/** @typedef {{ seconds: number, cpu: number }} Time  Of one step: wall time, and processor time over all threads. */

/** The program's own step, by the engine that the environment chooses. */
export async function ownStep(network, { bins, batch, patch, grid, hints = false }, data, precision = 'float32') {
  const { Session } = await import('../../out/main/core/graph/index.js');
  const { buildColorizer } = await import('../../out/main/core/networks/index.js');
  const colorizer = buildColorizer({
    architecture: network, bins, batch, patch, binColours: new Float32Array(2 * bins), encoding: 'hard', optimizer: { kind: 'adam' }, hints, precision,
  });
  const session = await Session.open(colorizer.graph, colorizer.signatures);
  session.run('initialize', { seed: [1, 2] });
  const places = [batch, grid, grid];
  const feeds = {
    lightness: { data: data.lightness, shape: [batch, patch, patch, 1] },
    target: { data: data.target, shape: places },
    weight: { data: new Float32Array(data.target.length).fill(1), shape: places },
    ...(hints && { hints: { data: new Float32Array(3 * data.lightness.length), shape: [batch, patch, patch, 3] } }),
  };
  let count = 0;
  return {
    gigaflop: convolutionWork(colorizer.graph),
    step: () => session.run('train', { ...feeds, rate: 1e-4, random: [1, count++] }).loss.data[0],
    close: () => session.close(),
  };
}

/** Multiplications and additions of a step's convolutions, in thousand millions; the rest of a step is little beside them. */
function convolutionWork(graph) {
  const product = (shape) => shape.reduce((a, b) => a * b, 1);
  const work = {
    Conv2D: ({ inputs: [, filter], output }) => product(filter.shape.slice(0, 3)) * product(output.shape),
    Conv2DBackpropInput: ({ inputs: [, filter, flow] }) => product(filter.shape.slice(0, 3)) * product(flow.shape),
    Conv2DBackpropFilter: ({ inputs: [, , flow], output }) => product(output.shape.slice(0, 3)) * product(flow.shape),
  };
  const nodes = graph.nodes.filter(({ name, operation }) => operation in work && name.startsWith('train/'));
  return nodes.reduce((sum, node) => sum + 2 * work[node.operation](node), 0) / 1e9;
}

/** @returns {Time} */
export function timeSteps(step, steps) {
  const began = performance.now();
  const worked = process.cpuUsage();
  for (let i = 0; i < steps; i++) step();
  const { user, system } = process.cpuUsage(worked);
  return { seconds: (performance.now() - began) / 1e3 / steps, cpu: (user + system) / 1e6 / steps };
}
