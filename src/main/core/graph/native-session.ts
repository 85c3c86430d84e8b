import { makeGraphFolder, removeGraphFolder } from './graph-folder.js';
import { nativeEngine, tfjsType, type FeedValues, type NativeEngine, type NativeTensor } from './native.js';
import { SERVE } from './saved-model.js';
import type { DType } from './dtype.js';

/** A value for one tensor of a graph. */
export interface NativeFeed {
  /** `conv3/relu:0` */
  tensor: string;
  dtype: DType;
  shape: readonly number[];
  data: FeedValues;
}

/** A value that a run gave: row-major data of its own, which the caller may keep. */
export interface Fetched {
  shape: readonly number[];
  data: Float32Array | Int32Array | Uint8Array | string[];
}

/** A SavedModel opened by TensorFlow, with the state of its variables. Runs are synchronous and block the process. */
export class NativeSession {
  private closed = false;

  private constructor(private readonly engine: NativeEngine, private readonly id: number) {}

  /**
   * @param write Writes the SavedModel into a folder that is there for as long as this takes.
   * @throws UserError where the engine is missing. @throws Error with TensorFlow's message where it refuses the graph.
   */
  static async open(write: (folder: string) => Promise<void>): Promise<NativeSession> {
    const folder = await makeGraphFolder();
    try {
      await write(folder);
      return NativeSession.load(folder);
    } finally {
      // The session holds the graph in memory; nothing is read from the folder again.
      await removeGraphFolder(folder);
    }
  }

  /** Opens a SavedModel that lies on disk. @throws Error with TensorFlow's message where it refuses the graph. */
  static load(folder: string): NativeSession {
    const engine = nativeEngine();
    return new NativeSession(engine, engine.backend.loadSavedModelMetaGraph(folder, SERVE));
  }

  /** Feeds, runs and reads; no tensor outlives the call. @param fetches Tensors by name. */
  run(feeds: readonly NativeFeed[], fetches: readonly string[]): Fetched[] {
    if (this.closed) throw new Error('this session is closed');
    const { tfjs, backend } = this.engine;
    const held: NativeTensor[] = [];
    try {
      for (const { data, shape, dtype } of feeds) held.push(tfjs.tensor(data, shape, tfjsType(dtype)));
      const results = backend.runSavedModel(this.id, [...held], feeds.map(({ tensor }) => ({ name: tensor })), [...fetches]);
      held.push(...results);
      return results.map((result) => ({ shape: result.shape, data: result.dataSync() }));
    } finally {
      held.forEach((tensor) => tensor.dispose());
    }
  }

  /** Frees the session and its variables. A closed session cannot run. */
  close(): void {
    if (this.closed) return;
    this.closed = true;
    this.engine.backend.deleteSavedModel(this.id);
  }
}
