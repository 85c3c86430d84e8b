/** Entry of the engine's own process, for hosts that have a window: the engine behind a channel. */
import { checked, ContractError } from '../../shared/contract/check.js';
import type { RequestName } from '../../shared/contract/requests.js';
import type { Refusal } from '../../shared/contract/wire.js';
import { UserError } from '../core/errors.js';
import { Engine } from './engine.js';
import { type FromHost, fromHostSchema, type ToHost } from './host-messages.js';
import { watchForOrphanhood } from './orphan-watch.js';

const [given, chooser] = process.argv.slice(2);
const engine = new Engine({ given: given || undefined, chooser: chooser === 'chooser', yields: true });
const guard = engine.guard();
let closing: Promise<void> | undefined;

process.title = 'chromabench engine';
engine.subscribe((event) => send({ type: 'event', event }));
process.on('message', take);
process.on('disconnect', () => void close());
process.on('SIGTERM', () => void close());
// Ctrl+C reaches the whole terminal group; it is the host that decides what it means.
for (const signal of ['SIGINT', 'SIGHUP'] as const) process.on(signal, () => {});
for (const stream of [process.stdout, process.stderr]) stream.on('error', () => {});
watchForOrphanhood();

/** What is no message of a host is refused: it must not cost the engine and its jobs their lives. */
function take(message: unknown): void {
  try {
    void receive(checked(fromHostSchema, message, 'message of the host'));
  } catch (error) {
    const { id } = (message ?? {}) as { id?: unknown };
    if (typeof id === 'number') send({ type: 'refusal', id, error: refusalOf(error) });
  }
}

async function receive(message: FromHost): Promise<void> {
  if (message.type === 'close') return close();
  const { id } = message;
  try {
    send(await answer(message));
  } catch (error) {
    send({ type: 'refusal', id, error: refusalOf(error) });
  }
}

async function answer(message: Exclude<FromHost, { type: 'close' }>): Promise<ToHost> {
  const { id } = message;
  if (message.type === 'picture') return { type: 'picture', id, picture: (await engine.picture(message.name)) ?? null };
  if (message.type === 'grant') {
    await engine.grant(message.paths, message.passing);
    return { type: 'granted', id };
  }
  await guard.admit(message.name as RequestName, message.body);
  return { type: 'reply', id, reply: await engine.request(message.name as RequestName, message.body as never) };
}

/** What a person can cure keeps its words; the rest is a defect of the program and says so. */
function refusalOf(error: unknown): Refusal {
  const message = error instanceof Error ? error.message : String(error);
  return { message, expected: error instanceof UserError || error instanceof ContractError };
}

function close(): Promise<void> {
  return (closing ??= engine.close().finally(() => process.exit()));
}

function send(message: ToHost): void {
  if (process.connected) process.send?.(message, () => {});
}
