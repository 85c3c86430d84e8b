/** What is asked of the process in which a graph runs, and what it answers. */
import type { Fetched, NativeFeed } from '../graph/native-session.js';

export type GraphQuestion =
  /** Opens the SavedModel in a folder. */
  | { do: 'load'; folder: string }
  | { do: 'run'; feeds: NativeFeed[]; fetches: string[] }
  /** Runs the layers model whose model.json lies there by TensorFlow.js. */
  | { do: 'layers'; path: string; feeds: NativeFeed[] };

export type GraphAnswer = { results: Fetched[]; seconds: number } | { fault: string };
