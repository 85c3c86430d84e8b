import { checked } from '../../../shared/contract/check.js';
import type { RequestName } from '../../../shared/contract/requests.js';
import { type FromWindow, fromWindowSchema, type ToWindow } from '../../../shared/contract/wire.js';
import { UserError } from '../../core/errors.js';
import type { EngineClient } from '../../engine/engine-client.js';

/** Requests of one window that may wait for their answers; a page of ours asks a few at a time. */
const MOST_UNDER_WAY = 2000;

/** One window, whatever wire it is on: its requests go to the engine, what the engine tells goes to it. */
export class WindowLink {
  private readonly ends: readonly (() => void)[];
  private waiting = 0;
  private left = false;

  /** @param put Puts a message on the wire. */
  constructor(private readonly engine: Pick<EngineClient, 'request' | 'restart' | 'subscribe' | 'watch' | 'state'>, private readonly put: (message: ToWindow) => void) {
    this.ends = [
      engine.subscribe((event) => this.tell({ type: 'event', event })),
      engine.watch((state) => this.tell({ type: 'engine', engine: state })),
    ];
    this.tell({ type: 'engine', engine: engine.state });
  }

  /**
   * Takes what came over the wire; the answer follows.
   * @throws ContractError where it does not fit the contract.
   */
  receive(message: unknown): void {
    void this.answer(checked(fromWindowSchema, message, 'message of the window'));
  }

  /** Requests that have no answer yet. */
  get underWay(): number {
    return this.waiting;
  }

  private async answer(request: FromWindow): Promise<void> {
    if (this.waiting >= MOST_UNDER_WAY) return this.tell({ type: 'refusal', id: request.id, error: { message: TOO_MANY, expected: true } });
    this.waiting += 1;
    const reply = await answer(this.engine, request);
    this.waiting -= 1;
    this.tell(reply);
  }

  /** Tells the window nothing any more: on the same wire a later page may have asked under the same numbers. */
  leave(): void {
    this.left = true;
    this.ends.forEach((end) => end());
  }

  private tell(message: ToWindow): void {
    if (!this.left) this.put(message);
  }
}

/** The one request that a host hears itself: an engine that has died hears nothing. */
const RESTART: RequestName = 'restartEngine';
const TOO_MANY = 'Too much was asked at a time. Wait a moment and try again.';

async function answer(engine: Pick<EngineClient, 'request' | 'restart'>, { id, name, body }: FromWindow): Promise<ToWindow> {
  try {
    if (name === RESTART) engine.restart();
    // The engine checks name and body against the contract.
    return { type: 'reply', id, reply: await engine.request(name as RequestName, body as never) };
  } catch (error) {
    const message = error instanceof Error ? error.message : String(error);
    return { type: 'refusal', id, error: { message, expected: error instanceof UserError } };
  }
}
