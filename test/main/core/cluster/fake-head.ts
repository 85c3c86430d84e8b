/** The head of a cluster as the program meets it: Ray's job interface over real sockets on this machine, with jobs that do what a test says. */
import { createHash } from 'node:crypto';
import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { type WebSocket, WebSocketServer } from 'ws';

type Status = 'PENDING' | 'RUNNING' | 'STOPPED' | 'SUCCEEDED' | 'FAILED';

export class FakeJob {
  status: Status = 'RUNNING';
  /** How often it was asked to stop. */
  stops = 0;
  private text = '';
  private readonly sockets = new Set<WebSocket>();

  constructor(readonly name: string, readonly kind: string, readonly options: Record<string, unknown>, private readonly onStop: (job: FakeJob) => void) {}

  get log(): string {
    return this.text;
  }

  /** An event as the Python side tells it. */
  tell(event: string, data: object = {}): void {
    this.say(`@chromabench ${JSON.stringify({ event, ...data })}\n`);
  }

  say(text: string): void {
    this.text += text;
    this.sockets.forEach((socket) => socket.send(text));
  }

  end(status: Status = 'SUCCEEDED'): void {
    this.status = status;
    this.sockets.forEach((socket) => socket.close());
  }

  stop(): void {
    this.stops += 1;
    this.onStop(this);
  }

  join(socket: WebSocket): void {
    if (this.text !== '') socket.send(this.text);
    if (this.status !== 'RUNNING') return socket.close();
    this.sockets.add(socket);
    socket.on('close', () => this.sockets.delete(socket));
  }

  /** Breaks every connection to its log. */
  cut(): void {
    this.sockets.forEach((socket) => socket.terminate());
  }
}

export type Answer = { status: number; body?: string } | 'nothing';

export class FakeHead {
  readonly jobs = new Map<string, FakeJob>();
  /** Files of the storage, by the last parts of their path. */
  readonly storage = new Map<string, Buffer>();
  /** What it says in place of its answer. */
  instead: (method: string, path: string) => Answer | undefined = () => undefined;
  /** What jobs of a training do. */
  onTrain: (job: FakeJob) => void = () => {};
  /** What happens when a job is asked to stop. */
  onStop: (job: FakeJob) => void = (job) => job.end('STOPPED');
  /** Whether it answers where it is asked if it is still there. */
  pongs = true;
  readonly asked: string[] = [];
  private readonly tails: WebSocketServer;

  private constructor(private readonly server: Server) {
    this.tails = new WebSocketServer({ noServer: true, autoPong: false });
    server.on('request', (request: IncomingMessage, response: ServerResponse) => void this.answer(request, response));
    server.on('upgrade', (request: IncomingMessage, socket, head) => {
      const [path, job] = [(request.url ?? '').slice(1), this.jobs.get(decodeURIComponent((request.url ?? '').split('/')[3]))];
      const instead = this.instead('UPGRADE', path) ?? (job === undefined ? { status: 404 } : undefined);
      if (instead !== undefined) return void (instead === 'nothing' ? socket.destroy() : socket.end(`HTTP/1.1 ${instead.status} No\r\nConnection: close\r\n\r\n`));
      this.tails.handleUpgrade(request, socket, head, (tail) => {
        tail.on('ping', () => this.pongs && tail.pong());
        job?.join(tail);
      });
    });
  }

  static async start(): Promise<FakeHead> {
    const server = createServer();
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
    return new FakeHead(server);
  }

  get address(): string {
    return `http://127.0.0.1:${(this.server.address() as AddressInfo).port}`;
  }

  get trainings(): FakeJob[] {
    return [...this.jobs.values()].filter(({ kind }) => kind === 'train');
  }

  async stop(): Promise<void> {
    this.tails.clients.forEach((socket) => socket.terminate());
    this.server.closeAllConnections();
    await new Promise((resolve) => this.server.close(resolve));
  }

  private async answer(request: IncomingMessage, response: ServerResponse): Promise<void> {
    const [method, path] = [request.method ?? '', (request.url ?? '').slice(1)];
    this.asked.push(`${method} ${path}`);
    const body = await bodyOf(request);
    const instead = this.instead(method, path);
    const { status, body: text } = instead === undefined || instead === 'nothing' ? this.usual(method, path, body) : { body: '', ...instead };
    if (instead === 'nothing') return void request.socket.destroy();
    response.writeHead(status, { 'content-type': 'application/json' }).end(text);
  }

  private usual(method: string, path: string, body: string): { status: number; body: string } {
    const said = (value: unknown, status = 200) => ({ status, body: JSON.stringify(value) });
    if (path === 'api/version') return said({ ray_version: '2.40.0' });
    if (path.startsWith('api/packages')) return said({}, method === 'GET' ? 404 : 200);
    if (method === 'POST' && path === 'api/jobs/') return said({ submission_id: this.take(JSON.parse(body) as { submission_id: string; entrypoint: string }) });
    const [, , name, ...rest] = path.split('/');
    const job = this.jobs.get(decodeURIComponent(name));
    if (job === undefined) return said({}, 404);
    if (rest[0] === 'stop') return (job.stop(), said({ stopped: true }));
    return rest[0] === 'logs' ? said({ logs: job.log }) : said({ status: job.status });
  }

  private take({ submission_id: name, entrypoint }: { submission_id: string; entrypoint: string }): string {
    const [, kind, options] = /chromabench_cluster (\w+) (.*)$/s.exec(entrypoint) ?? [];
    const job = new FakeJob(name, kind, JSON.parse(options.replace(/^'(.*)'$/s, '$1')) as Record<string, unknown>, (stopped) => this.onStop(stopped));
    this.jobs.set(name, job);
    setImmediate(() => this.begin(job));
    return name;
  }

  private begin(job: FakeJob): void {
    if (job.kind === 'train') return this.onTrain(job);
    if (job.kind === 'check') job.tell('checked', { machines: 1, processors: 4, programs: {} });
    if (job.kind === 'fetch') (job.options['paths'] as string[]).forEach((path) => this.tellFile(job, path));
    job.end();
  }

  private tellFile(job: FakeJob, path: string): void {
    const bytes = this.storage.get(path);
    if (bytes === undefined) return job.tell('failed', { message: `${path} is not there` });
    for (let at = 0; at < bytes.length; at += 2 ** 16) job.tell('piece', { path, data: bytes.subarray(at, at + 2 ** 16).toString('base64') });
    job.tell('file', { path, bytes: bytes.length, sha256: createHash('sha256').update(bytes).digest('hex') });
  }
}

async function bodyOf(request: IncomingMessage): Promise<string> {
  const parts: Buffer[] = [];
  for await (const part of request) parts.push(part as Buffer);
  return Buffer.concat(parts).toString('utf8');
}
