/** Entry of a service's process: answers calls until its engine goes. */
import { checked } from '../../../shared/contract/check.js';
import { UserError } from '../../core/errors.js';
import { watchForOrphanhood } from '../orphan-watch.js';
import { type ServiceName, SERVICES } from './index.js';
import type { CallSpec } from './service.js';
import { type Answer, callSchema } from './service-messages.js';

const name = process.argv[2] as ServiceName;
const { spec, handlers } = SERVICES[name];
const ready = handlers();

process.title = `chromabench ${name}`;
process.on('message', (message) => void answer(message));
process.on('disconnect', () => process.exit());
process.on('SIGINT', () => {});
watchForOrphanhood();

async function answer(message: unknown): Promise<void> {
  const { id, name: called, body } = checked(callSchema, message, 'call of the engine');
  send(await replyTo(called, body).then((reply) => ({ id, reply }), (error: unknown) => ({ id, error: refusalOf(error) })));
}

async function replyTo(called: string, body: unknown): Promise<unknown> {
  const call = (spec as Record<string, CallSpec>)[called];
  const handler = ((await ready) as Record<string, (body: unknown) => Promise<unknown>>)[called];
  return checked(call.reply, await handler(checked(call.body, body, called)), `reply of ${called}`);
}

function refusalOf(error: unknown): { message: string; expected: boolean } {
  return { message: error instanceof Error ? error.message : String(error), expected: error instanceof UserError };
}

function send(message: Answer): void {
  if (process.connected) process.send?.(message, () => {});
}
