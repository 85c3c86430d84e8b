import type { HostCommand, HostNews } from '../../shared/contract/bridge.js';
import type { HostBridge } from '../../shared/contract/channels.js';
import type { Choice } from '../../shared/contract/choice.js';
import { checked } from '../../shared/contract/check.js';
import { type FromWindow, toWindowSchema } from '../../shared/contract/wire.js';
import { WireDoor } from './wire-door.js';

/** The door over the bridge that Electron's preload script exposes. The host is there as long as the page is. */
export class BridgeDoor extends WireDoor {
  readonly host = 'electron';
  readonly platform: string;

  constructor(private readonly bridge: HostBridge) {
    super();
    this.platform = bridge.platform;
    bridge.onMessage((message) => this.receive(checked(toWindowSchema, message, 'message of the host')));
    bridge.join();
    this.enter('open');
  }

  watchCommands(listener: (command: HostCommand) => void): () => void {
    return this.bridge.onCommand(listener);
  }

  tellNews(news: HostNews): void {
    this.bridge.tellNews(news);
  }

  watchDrops(listener: (paths: string[], refusal?: string) => void): () => void {
    return this.bridge.onDrop(listener);
  }

  pick(choice: Choice): Promise<string[] | undefined> {
    return this.bridge.pick({ ...choice });
  }

  protected send(message: FromWindow): void {
    this.bridge.send(message);
  }
}
