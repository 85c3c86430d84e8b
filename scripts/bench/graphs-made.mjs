/** Makes a graph whose variables take 200 MB, with its checkpoint: `node graphs-made.mjs FOLDER MEGABYTES`. Prints its names as JSON. */
import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';

const out = fileURLToPath(new URL('../../out/main/core/graph/index.js', import.meta.url));
const { encodeGraphDef, Graph, glorotUniform, identity, matrixProduct, placeholder, relu, Session, stateSignatures } = await import(out);

const side = 1000;
const [folder, megabytes] = [process.argv[2], Number(process.argv[3])];
const graph = new Graph();
let x = placeholder(graph, 'x', 'float32', [null, side]);
for (let layer = 0; layer < megabytes / 4; layer++) {
  const weights = graph.variables.create({ name: `layer${layer}/weights`, shape: [side, side], initializer: glorotUniform });
  x = relu(matrixProduct(x, weights.value, {}, `layer${layer}/product`), `layer${layer}/relu`);
}
identity(x, 'y');
const session = await Session.open(graph, stateSignatures(graph));
session.run('initialize', { seed: [1, 2] });
session.run('save', { prefix: join(folder, 'model') });
session.close();
await writeFile(join(folder, 'graph.pb'), encodeGraphDef(graph));
console.log(JSON.stringify({ graph: join(folder, 'graph.pb'), checkpoint: join(folder, 'model') }));
