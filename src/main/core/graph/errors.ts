/**
 * A graph that cannot be built. The message names the node, its operation and the reason:
 * `conv3/convolution (Conv2D): the filter takes 32 channels, the input has 24`.
 */
export class GraphError extends Error {
  override name = 'GraphError';

  /** @param node Name of the node that cannot be built. @param operation Its operation. @param reason Why, in plain words. */
  constructor(
    readonly node: string,
    readonly operation: string,
    readonly reason: string,
  ) {
    super(`${node} (${operation}): ${reason}`);
  }
}
