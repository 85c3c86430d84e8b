import { WebDoor } from './web-door.js';
import type { WindowDoor } from './window-door.js';

/** The window's one way to the engine. */
export const door: WindowDoor = new WebDoor(`ws://${location.host}/door`);
