/** The graphs that were opened last, read once: as long as a file stays as it is, nothing of it is read again. */
import { readdir, stat } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { layersModelAt } from '../layers-model/model-json.js';
import { readAnyGraph } from './any-graph.js';
import { InspectedGraph } from './inspected-graph.js';

/** One is looked at, one is compared with it. */
const KEPT = 2;

interface Shelved {
  /** Files that decide whether it is still the same, weights among them. */
  files: readonly string[];
  stamp: string;
  graph: Promise<InspectedGraph>;
}

export class GraphShelf {
  private readonly graphs = new Map<string, Shelved>();

  /** Changes with the file of a graph that is open. */
  stampOf(path: string): string {
    return this.graphs.get(path)?.stamp ?? '';
  }

  /** @param path A file, or the folder of a model. @throws UserError where it is no graph, or is damaged. */
  async open(path: string): Promise<InspectedGraph> {
    const known = this.graphs.get(path);
    if (known && known.stamp === (await stampOf(known.files))) return this.keep(path, known);
    // What is forgotten first need not lie in memory beside what comes.
    this.graphs.delete(path);
    while (this.graphs.size >= KEPT) this.graphs.delete(this.graphs.keys().next().value as string);
    const files = [...placesOf(path), ...(await weightFiles(path))];
    return this.keep(path, { files, stamp: await stampOf(files), graph: readAnyGraph(path).then((file) => new InspectedGraph(file)) });
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

/** What decides: of a folder also the model file in it. */
function placesOf(path: string): string[] {
  return [path, ...['saved_model.pb', 'saved_model.pbtxt', 'model.json'].map((name) => join(path, name))];
}

/** Of a layers model, whose weights become part of the graph: the files beside its model.json that may hold them. */
async function weightFiles(path: string): Promise<string[]> {
  const model = await layersModelAt(path);
  if (model === undefined) return [];
  const folder = dirname(model);
  return (await readdir(folder)).filter((name) => name.endsWith('.bin')).sort().map((name) => join(folder, name));
}

/** Size and time of each. */
async function stampOf(files: readonly string[]): Promise<string> {
  const facts = await Promise.all(files.map((file) => stat(file).then(({ size, mtimeMs, ino }) => `${size} ${mtimeMs} ${ino}`, () => '')));
  return facts.join();
}
