import { type DroppedFile, droppedFileSchema } from '../../shared/contract/dropped.js';
import { checked } from '../../shared/contract/check.js';
import { type FromWindow, toWindowSchema } from '../../shared/contract/wire.js';
import { RequestError } from './request-error.js';
import { WireDoor } from './wire-door.js';

const FIRST_WAIT_MS = 250;
const LONGEST_WAIT_MS = 4_000;

/** Where the window was found last at this address and port; all pages of a browser see it. */
const PLACE_KEY = 'chromabench.place';
const PLACE = /^\/[\w-]+\/$/;

/** Status of what is served at a path; undefined where nothing answers. */
function statusAt(path: string): Promise<number | undefined> {
  return fetch(path, { method: 'HEAD', cache: 'no-store' }).then(({ status }) => status, () => undefined);
}

/**
 * The door over a WebSocket to the web host; opens it again whenever it closes.
 * While the link is down a request waits for it; one that was under way when it went down fails.
 */
export class WebDoor extends WireDoor {
  readonly host = 'browser';
  readonly platform = navigator.platform;
  private socket: WebSocket | undefined;
  private readonly unsent: FromWindow[] = [];
  private wait = FIRST_WAIT_MS;
  /** The host answers, but does not know this page. */
  private unknown = false;

  /** @param address `ws://...` of the host's door. */
  constructor(private readonly address: string) {
    super();
    this.open();
  }

  protected send(message: FromWindow): void {
    if (this.socket?.readyState === WebSocket.OPEN) this.socket.send(JSON.stringify(message));
    else this.unsent.push(message);
  }

  async upload(drop: string, path: string, file: File, signal: AbortSignal): Promise<DroppedFile> {
    const address = `dropped/${drop}/${path.split('/').map(encodeURIComponent).join('/')}`;
    const response = await fetch(address, { method: 'POST', body: file, headers: { 'Content-Type': 'application/octet-stream' }, signal });
    if (!response.ok) throw new RequestError((await response.text()).trim(), true);
    return checked(droppedFileSchema, await response.json(), 'answer to a dropped file');
  }

  private open(): void {
    const socket = new WebSocket(this.address);
    this.socket = socket;
    socket.onopen = () => this.opened();
    socket.onmessage = ({ data }) => this.receive(checked(toWindowSchema, JSON.parse(String(data)), 'message of the host'));
    socket.onclose = () => this.closed();
  }

  private opened(): void {
    [this.wait, this.unknown] = [FIRST_WAIT_MS, false];
    localStorage.setItem(PLACE_KEY, location.pathname);
    this.unsent.splice(0).forEach((message) => this.send(message));
    this.enter('open');
  }

  private closed(): void {
    this.giveUp(new Set(this.unsent.map(({ id }) => id)));
    if (!this.unknown) this.enter('lost');
    void this.askWhy();
    setTimeout(() => this.open(), this.wait);
    this.wait = Math.min(LONGEST_WAIT_MS, this.wait * 2);
  }

  /** A socket that is refused does not say why; a plain request does. */
  private async askWhy(): Promise<void> {
    this.unknown = (await statusAt(location.pathname)) === 403;
    if (this.socket?.readyState === WebSocket.OPEN) return;
    this.enter(this.unknown ? 'unknown' : 'lost');
    if (this.unknown) await this.goAfter();
  }

  /** A host that was started anew serves the window in another place: where a page beside this one has found it, this one goes on there. */
  private async goAfter(): Promise<void> {
    const place = localStorage.getItem(PLACE_KEY) ?? '';
    if (!PLACE.test(place) || place === location.pathname) return;
    if ((await statusAt(place)) === 200) location.replace(place + location.hash);
  }
}
