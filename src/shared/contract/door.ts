import type { EngineEvent } from './events.js';
import type { Reply, RequestBody, RequestName } from './requests.js';

/**
 * The one way to the engine. The command line holds the engine itself behind it; a window holds
 * a wire to it; neither can tell which.
 */
export interface EngineDoor {
  /** @throws ContractError where the request does not fit, or names a job that is not there. */
  request<N extends RequestName>(name: N, body: RequestBody<N>): Promise<Reply<N>>;
  /** @returns A function that ends the subscription. */
  subscribe(listener: (event: EngineEvent) => void): () => void;
  /**
   * Where events can be missed: told when they may have been, once the door is open again. A door to an engine in the same process misses none.
   * @param listener Told why, as a sentence, where the engine itself ended, and every job of its with it. @returns A function that ends it.
   */
  watchGaps?(listener: (engineEnded?: string) => void): () => void;
}
