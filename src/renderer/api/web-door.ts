import { checked } from '../../shared/contract/check.js';
import type { EngineEvent } from '../../shared/contract/events.js';
import { type Reply, type RequestBody, type RequestName, REQUESTS } from '../../shared/contract/requests.js';
import { type EngineState, type FromWindow, type ToWindow, toWindowSchema } from '../../shared/contract/wire.js';
import { RequestError } from './request-error.js';
import type { Link, WindowDoor } from './window-door.js';

interface Waiting {
  name: RequestName;
  resolve(reply: unknown): void;
  reject(error: Error): void;
}

const FIRST_WAIT_MS = 250;
const LONGEST_WAIT_MS = 4_000;

/** The door over a WebSocket to the web host; opens it again whenever it closes. */
export class WebDoor implements WindowDoor {
  private socket: WebSocket | undefined;
  private readonly waiting = new Map<number, Waiting>();
  private readonly unsent: string[] = [];
  private readonly events = new Set<(event: EngineEvent) => void>();
  private readonly links = new Set<(link: Link) => void>();
  private readonly engines = new Set<(state: EngineState) => void>();
  private link: Link = 'connecting';
  private asked = 0;
  private wait = FIRST_WAIT_MS;

  /** @param address `ws://...` of the host's door. */
  constructor(private readonly address: string) {
    this.open();
  }

  /** While the link is down a request waits for it; one that was under way when it went down fails. */
  request<N extends RequestName>(name: N, body: RequestBody<N>): Promise<Reply<N>> {
    const id = (this.asked += 1);
    // What does not fit is told here, before it leaves the page.
    const message: FromWindow = { type: 'request', id, name, body: checked(REQUESTS[name].body, body, name) };
    const reply = new Promise<unknown>((resolve, reject) => this.waiting.set(id, { name, resolve, reject }));
    this.send(JSON.stringify(message));
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

  pictureUrl(name: string): string {
    return `/pictures/${name}`;
  }

  private send(text: string): void {
    if (this.socket?.readyState === WebSocket.OPEN) this.socket.send(text);
    else this.unsent.push(text);
  }

  private open(): void {
    const socket = new WebSocket(this.address);
    this.socket = socket;
    socket.onopen = () => this.opened(socket);
    socket.onmessage = ({ data }) => this.receive(checked(toWindowSchema, JSON.parse(String(data)), 'message of the host'));
    socket.onclose = () => this.closed();
  }

  private opened(socket: WebSocket): void {
    this.wait = FIRST_WAIT_MS;
    this.unsent.splice(0).forEach((text) => socket.send(text));
    this.enter('open');
  }

  private closed(): void {
    const unsent = new Set(this.unsent.map((text) => (JSON.parse(text) as FromWindow).id));
    for (const [id, { reject }] of this.waiting) {
      if (unsent.has(id)) continue;
      this.waiting.delete(id);
      reject(new RequestError('The connection was lost before there was an answer. Try again.', true));
    }
    this.enter('lost');
    setTimeout(() => this.open(), this.wait);
    this.wait = Math.min(LONGEST_WAIT_MS, this.wait * 2);
  }

  private receive(message: ToWindow): void {
    switch (message.type) {
      case 'event': return this.events.forEach((listener) => listener(message.event));
      case 'engine': return this.engines.forEach((listener) => listener(message.engine));
      case 'reply': return this.settle(message.id, ({ name, resolve }) => resolve(checked(REQUESTS[name].reply, message.reply, `reply to ${name}`)));
      case 'refusal': return this.settle(message.id, ({ reject }) => reject(new RequestError(message.error.message, message.error.expected)));
    }
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

  private enter(link: Link): void {
    if (link === this.link) return;
    this.link = link;
    this.links.forEach((listener) => listener(link));
  }
}
