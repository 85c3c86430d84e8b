import { checked } from '../../shared/contract/check.js';
import type { EngineEvent } from '../../shared/contract/events.js';
import { type Reply, type RequestBody, type RequestName, REQUESTS } from '../../shared/contract/requests.js';
import type { EngineState, FromWindow, ToWindow } from '../../shared/contract/wire.js';
import { RequestError } from './request-error.js';
import type { Link, WindowDoor } from './window-door.js';

interface Waiting {
  name: RequestName;
  resolve(reply: unknown): void;
  reject(error: Error): void;
}

/** A door over any wire: requests and their replies, events, the state of the link. How messages travel is the subclass's. */
export abstract class WireDoor implements WindowDoor {
  abstract readonly host: WindowDoor['host'];
  abstract readonly platform: WindowDoor['platform'];
  private readonly waiting = new Map<number, Waiting>();
  private readonly events = new Set<(event: EngineEvent) => void>();
  private readonly links = new Set<(link: Link) => void>();
  private readonly engines = new Set<(state: EngineState) => void>();
  private readonly gaps = new Set<(engineEnded?: string) => void>();
  private link: Link = 'connecting';
  /** Number of the engine's process as it was told last. */
  private generation: number | undefined;
  private asked = 0;

  request<N extends RequestName>(name: N, body: RequestBody<N>): Promise<Reply<N>> {
    const id = (this.asked += 1);
    // What does not fit is told here, before it leaves the page.
    const message: FromWindow = { type: 'request', id, name, body: checked(REQUESTS[name].body, body, name) };
    const reply = new Promise<unknown>((resolve, reject) => this.waiting.set(id, { name, resolve, reject }));
    this.send(message);
    return reply as Promise<Reply<N>>;
  }

  subscribe(listener: (event: EngineEvent) => void): () => void {
    this.events.add(listener);
    return () => void this.events.delete(listener);
  }

  watchLink(listener: (link: Link) => void): () => void {
    this.links.add(listener);
    listener(this.link);
    return () => void this.links.delete(listener);
  }

  watchEngine(listener: (state: EngineState) => void): () => void {
    this.engines.add(listener);
    return () => void this.engines.delete(listener);
  }

  watchGaps(listener: (engineEnded?: string) => void): () => void {
    this.gaps.add(listener);
    return () => void this.gaps.delete(listener);
  }

  /** The window and its pictures lie in one place, whatever the host. */
  pictureUrl(name: string): string {
    return `pictures/${name}`;
  }

  protected abstract send(message: FromWindow): void;

  protected receive(message: ToWindow): void {
    switch (message.type) {
      case 'event': return this.events.forEach((listener) => listener(message.event));
      case 'engine': return this.heedEngine(message.engine);
      case 'reply': return this.settle(message.id, ({ name, resolve }) => resolve(checked(REQUESTS[name].reply, message.reply, `reply to ${name}`)));
      case 'refusal': return this.settle(message.id, ({ reject }) => reject(new RequestError(message.error.message, message.error.expected)));
    }
  }

  /** Requests that went out and will get no reply any more. @param kept Those that did not leave the page yet. */
  protected giveUp(kept: ReadonlySet<number>): void {
    for (const [id, { reject }] of this.waiting) {
      if (kept.has(id)) continue;
      this.waiting.delete(id);
      reject(new RequestError('The connection was lost before there was an answer. Try again.', true));
    }
  }

  protected enter(link: Link): void {
    if (link === this.link) return;
    this.link = link;
    this.links.forEach((listener) => listener(link));
    if (link === 'open') this.gaps.forEach((listener) => listener());
  }

  private heedEngine(state: EngineState): void {
    const ended = state.state === 'failed' || (this.generation !== undefined && state.generation !== this.generation);
    this.generation = state.generation;
    this.engines.forEach((listener) => listener(state));
    if (ended) this.gaps.forEach((listener) => listener(state.message ?? 'The engine ended and was started again.'));
  }

  private settle(id: number, end: (waiting: Waiting) => void): void {
    const waiting = this.waiting.get(id);
    this.waiting.delete(id);
    if (!waiting) return;
    try {
      end(waiting);
    } catch (error) {
      waiting.reject(error as Error);
    }
  }
}
