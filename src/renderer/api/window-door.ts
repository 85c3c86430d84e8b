import type { EngineDoor } from '../../shared/contract/door.js';
import type { EngineState } from '../../shared/contract/wire.js';

/** Whether the window reaches its host. */
export type Link = 'connecting' | 'open' | 'lost';

/** The door to the engine as a window holds it, whatever wire is behind it. */
export interface WindowDoor extends EngineDoor {
  /** Told now and at every change. @returns A function that ends it. */
  watchLink(listener: (link: Link) => void): () => void;
  /** Told when the engine's process dies or comes back. */
  watchEngine(listener: (state: EngineState) => void): () => void;
  /** Address of a picture by its name. */
  pictureUrl(name: string): string;
}
