import { checked } from '../../../shared/contract/check.js';
import type { RequestName } from '../../../shared/contract/requests.js';
import { type FromWindow, fromWindowSchema, type ToWindow } from '../../../shared/contract/wire.js';
import { UserError } from '../../core/errors.js';
import type { EngineClient } from '../../engine/engine-client.js';

/** One window, whatever wire it is on: its requests go to the engine, what the engine tells goes to it. */
export class WindowLink {
  private readonly ends: readonly (() => void)[];

  /** @param tell Puts a message on the wire. */
  constructor(private readonly engine: EngineClient, private readonly tell: (message: ToWindow) => void) {
    this.ends = [
      engine.subscribe((event) => tell({ type: 'event', event })),
      engine.watch((state) => tell({ type: 'engine', engine: state })),
    ];
    tell({ type: 'engine', engine: engine.state });
  }

  /**
   * Takes what came over the wire; the answer follows.
   * @throws ContractError where it does not fit the contract.
   */
  receive(message: unknown): void {
    void answer(this.engine, checked(fromWindowSchema, message, 'message of the window')).then(this.tell);
  }

  /** Tells the window nothing any more. */
  leave(): void {
    this.ends.forEach((end) => end());
  }
}

async function answer(engine: EngineClient, { id, name, body }: FromWindow): Promise<ToWindow> {
  try {
    // The engine checks name and body against the contract.
    return { type: 'reply', id, reply: await engine.request(name as RequestName, body as never) };
  } catch (error) {
    const message = error instanceof Error ? error.message : String(error);
    return { type: 'refusal', id, error: { message, expected: error instanceof UserError } };
  }
}
