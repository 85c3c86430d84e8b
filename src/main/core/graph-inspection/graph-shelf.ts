/** The graphs that were opened last, read once: as long as a file stays as it is, nothing of it is read again. */
import { stat } from 'node:fs/promises';
import { join } from 'node:path';
import { readAnyGraph } from './any-graph.js';
import { InspectedGraph } from './inspected-graph.js';

/** One is looked at, one is compared with it. */
const KEPT = 2;

interface Shelved {
  stamp: string;
  graph: Promise<InspectedGraph>;
}

export class GraphShelf {
  private readonly graphs = new Map<string, Shelved>();

  /** @param path A file, or the folder of a model. @throws UserError where it is no graph, or is damaged. */
  async open(path: string): Promise<InspectedGraph> {
    const stamp = await stampAt(path);
    const known = this.graphs.get(path);
    if (known?.stamp === stamp) return this.keep(path, known);
    // What is forgotten first need not lie in memory beside what comes.
    this.graphs.delete(path);
    while (this.graphs.size >= KEPT) this.graphs.delete(this.graphs.keys().next().value as string);
    return this.keep(path, { stamp, graph: readAnyGraph(path).then((file) => new InspectedGraph(file)) });
  }

  private async keep(path: string, shelved: Shelved): Promise<InspectedGraph> {
    this.graphs.delete(path);
    this.graphs.set(path, shelved);
    try {
      return await shelved.graph;
    } catch (error) {
      if (this.graphs.get(path) === shelved) this.graphs.delete(path);
      throw error;
    }
  }
}

/** Size and time of what decides: of a folder also those of the model file in it. */
async function stampAt(path: string): Promise<string> {
  const places = [path, ...['saved_model.pb', 'saved_model.pbtxt', 'model.json'].map((name) => join(path, name))];
  const facts = await Promise.all(places.map((place) => stat(place).then(({ size, mtimeMs, ino }) => `${size} ${mtimeMs} ${ino}`, () => '')));
  return facts.join();
}
