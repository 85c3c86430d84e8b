import type { HostCommand, HostNews } from '../../shared/contract/bridge.js';
import type { Choice } from '../../shared/contract/choice.js';
import type { DroppedFile } from '../../shared/contract/dropped.js';
import type { EngineDoor } from '../../shared/contract/door.js';
import type { EngineState } from '../../shared/contract/wire.js';

/** Whether the window reaches its host; `unknown` where the host answers and does not know this page: it was started anew since. */
export type Link = 'connecting' | 'open' | 'lost' | 'unknown';

/** The door to the engine as a window holds it, whatever wire is behind it. */
export interface WindowDoor extends EngineDoor {
  /** What shows this window: a browser's page has its menus inside, Electron's has the system's. */
  readonly host: 'browser' | 'electron';
  /** The system's name as its host gives it; only Apple's is looked for, whose name begins with `Mac` or is `darwin`. */
  readonly platform: string;
  /** Told now and at every change. @returns A function that ends it. */
  watchLink(listener: (link: Link) => void): () => void;
  /** Told when the engine's process dies or comes back. */
  watchEngine(listener: (state: EngineState) => void): () => void;
  /** Address of a picture by its name. */
  pictureUrl(name: string): string;
  /** Where the host has menus of its own: told what was chosen there. @returns A function that ends it. */
  watchCommands?(listener: (command: HostCommand) => void): () => void;
  /** Where the host has menus of its own: what they should show now. */
  tellNews?(news: HostNews): void;
  /** Where the host learns the paths of what is dropped: told them, once they may be used, or why they may not. @returns A function that ends it. */
  watchDrops?(listener: (paths: string[], refusal?: string) => void): () => void;
  /**
   * Where the host does not learn the paths of what is dropped: hands a picture over, and learns where it lies then.
   * @param drop Number of the drop, 16 hexadecimal digits. @param path Of the picture within the drop.
   */
  upload?(drop: string, path: string, file: File, signal: AbortSignal): Promise<DroppedFile>;
  /** The system's own dialog, where the host has one; undefined where it was given up. */
  pick?(choice: Choice): Promise<string[] | undefined>;
}
