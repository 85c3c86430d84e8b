import type { HostBridge } from '../../shared/contract/channels.js';
import { BridgeDoor } from './bridge-door.js';
import { WebDoor } from './web-door.js';
import type { WindowDoor } from './window-door.js';

declare global {
  interface Window {
    /** Exposed by Electron's preload script, and nowhere else. */
    chromabench?: HostBridge;
  }
}

/** The window's one way to the engine. */
export const door: WindowDoor = window.chromabench ? new BridgeDoor(window.chromabench) : new WebDoor(`ws://${location.host}${location.pathname}door`);
