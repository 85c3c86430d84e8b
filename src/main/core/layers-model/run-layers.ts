/** A layers model run by TensorFlow.js itself. */
import { nativeEngine } from '../graph/native.js';
import type { Fetched, NativeFeed } from '../graph/native-session.js';
import { layersArtifacts, readLayersFile } from './model-json.js';

/** @param feeds In the order of the model's inputs, float32. @returns In the order of its outputs. */
export async function answersOfLayers(path: string, feeds: readonly NativeFeed[]): Promise<Fetched[]> {
  const { tfjs } = nativeEngine();
  const file = await readLayersFile(path);
  const model = await tfjs.loadLayersModel({ load: () => Promise.resolve(layersArtifacts(file)) });
  const inputs = feeds.map(({ data, shape }) => tfjs.tensor(data, shape, 'float32'));
  try {
    const results = [model.predict(inputs.length === 1 ? inputs[0] : inputs)].flat();
    return results.map((result) => {
      const answer = { shape: [...result.shape], data: result.dataSync() };
      result.dispose();
      return answer;
    });
  } finally {
    inputs.forEach((tensor) => tensor.dispose());
    model.dispose();
  }
}
