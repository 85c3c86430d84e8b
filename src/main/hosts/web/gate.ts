/**
 * Who may speak to the web host: pages that it served itself, opened with the launch token, on this machine.
 * Every request passes here, whatever it asks for.
 */
import { randomBytes, timingSafeEqual } from 'node:crypto';
import type { IncomingMessage } from 'node:http';
import { Refused } from '../window/refused.js';

const NAMES = ['127.0.0.1', 'localhost'];

/** What the gate looks at in a request. */
export type Asking = Pick<IncomingMessage, 'headers' | 'url' | 'method'>;

export class Gate {
  /** Part of the address that the program prints. */
  readonly token = randomBytes(24).toString('base64url');
  /** What a page holds after its first load; not the token, so that an address that was copied does not hold it. */
  private readonly session = randomBytes(24).toString('base64url');
  /**
   * Path below which everything lies for pages. Browsers send a cookie to every port of a machine: to one whose path nobody else can guess, no other
   * local server ever gets it, whatever page it shows.
   */
  readonly base = `/${randomBytes(16).toString('base64url')}/`;
  private readonly hosts: readonly string[];
  private readonly cookieName: string;

  /** @param port Where the host listens: its number is in the cookie's name, so that two windows' hosts do not take each other's. */
  constructor(port: number) {
    this.hosts = NAMES.map((name) => `${name}:${port}`);
    this.cookieName = `chromabench-${port}`;
  }

  /** The cookie for a request that came with the launch token; undefined where it came without, or with a wrong one. */
  admission({ url }: Asking): string | undefined {
    const token = addressOf(url).searchParams.get('token');
    if (token === null || !same(token, this.token)) return undefined;
    return `${this.cookieName}=${this.session}; HttpOnly; SameSite=Strict; Path=${this.base}`;
  }

  /** @throws Refused unless the request was meant for this host: another name that leads here is an attack (DNS rebinding). */
  checkHost({ headers }: Asking): void {
    if (!this.hosts.includes(headers.host ?? '')) throw new Refused(421, 'This address is not served here.');
  }

  /** @throws Refused where a page of another origin asks; `demanded` where a page of ours always names its own. */
  checkOrigin({ headers }: Asking, demanded: boolean): void {
    const { origin } = headers;
    if (origin === undefined && !demanded) return;
    if (origin !== `http://${headers.host}`) throw new Refused(403, 'Pages of other origins are not served.');
  }

  /** @throws Refused unless another start of the program asks, which knows the launch token; pages always name their origin here. */
  checkProgram({ headers }: Asking): void {
    const given = /^Bearer (.+)$/.exec(headers.authorization ?? '')?.[1];
    if (headers.origin !== undefined || given === undefined || !same(given, this.token)) throw new Refused(403, 'Only the program itself may ask this.');
  }

  /**
   * @returns What a page asks for: the path below the base, beginning with `/`.
   * @throws Refused where the page was not opened with the launch token.
   */
  checkSession({ headers, url }: Asking): string {
    const { pathname } = addressOf(url);
    const value = cookie(headers.cookie ?? '', this.cookieName);
    if (value === undefined || !same(value, this.session) || !same(pathname.slice(0, this.base.length), this.base)) {
      throw new Refused(403, 'Open the address that the program printed when it started: it holds a token.');
    }
    return pathname.slice(this.base.length - 1);
  }
}

/** Address of a request; the host in it does not matter here. */
export function addressOf(url: string | undefined): URL {
  try {
    return new URL(url ?? '/', 'http://host');
  } catch {
    throw new Refused(400, 'The address cannot be read.');
  }
}

function cookie(header: string, name: string): string | undefined {
  const start = `${name}=`;
  return header.split(';').map((part) => part.trim()).find((part) => part.startsWith(start))?.slice(start.length);
}

function same(given: string, right: string): boolean {
  const [a, b] = [Buffer.from(given), Buffer.from(right)];
  return a.length === b.length && timingSafeEqual(a, b);
}
