/** Entry of a job's process: runs one job, tells the engine how it goes, leaves. */
import { constants, setPriority } from 'node:os';
import { pathToFileURL } from 'node:url';
import { checked } from '../../shared/contract/check.js';
import { type JobKind, specOf } from '../../shared/contract/kinds.js';
import { UserError } from '../core/errors.js';
import { ChildContext } from './child-context.js';
import type { Handler, Handlers } from './handlers/handler.js';
import { YIELDS } from './job-process.js';
import { type FromChild, type Report, type ToChild, toChildSchema } from './messages.js';
import { watchForOrphanhood } from './orphan-watch.js';

if (process.env[YIELDS]) yieldToWindows();
const context = new ChildContext((message) => send(message));

process.on('message', (message) => receive(checked(toChildSchema, message, 'message of the engine')));
process.on('disconnect', () => giveUp());
process.on('SIGTERM', () => giveUp());
process.on('uncaughtException', (error) => leaveWith({ type: 'failed', error: jobError(error) }));
// Ctrl+C and a closed terminal reach the whole group; it is the host that decides what they mean for the job.
for (const signal of ['SIGINT', 'SIGHUP'] as const) process.on(signal, () => {});
for (const stream of [process.stdout, process.stderr]) stream.on('error', () => {});
watchForOrphanhood();

/** A system that does not allow it runs the job as it is. */
function yieldToWindows(): void {
  try {
    setPriority(constants.priority.PRIORITY_BELOW_NORMAL);
  } catch (error) {
    process.emitWarning(error instanceof Error ? error : String(error));
  }
}

function receive(message: ToChild): void {
  if (message.type === 'cancel') return context.cancel();
  if (message.type === 'control') return context.control(message.action);
  process.title = `chromabench ${message.kind}`;
  void run(message.kind, message.parameters).then(leaveWith);
}

async function run(kind: JobKind, parameters: unknown): Promise<Report> {
  try {
    const handler = (await (await handlers())[kind]()) as Handler<JobKind>;
    const read = checked(specOf(kind).parameters, parameters, `parameters of ${kind}`);
    const result = checked(specOf(kind).result, await handler(read as never, context, context), `result of ${kind}`);
    return { type: context.signal.aborted ? 'cancelled' : 'done', result };
  } catch (error) {
    if (context.signal.aborted && isAbort(error)) return { type: 'cancelled' };
    return { type: 'failed', error: jobError(error) };
  }
}

async function handlers(): Promise<Handlers> {
  const own = new URL('./handlers/index.js', import.meta.url);
  const { handlers } = await import((process.argv[2] ? pathToFileURL(process.argv[2]) : own).href);
  return handlers;
}

function isAbort(error: unknown): boolean {
  return error === context.signal.reason || (error instanceof Error && error.name === 'AbortError');
}

function jobError(error: unknown): Extract<Report, { type: 'failed' }>['error'] {
  if (error instanceof UserError) return { message: error.message, expected: true, ...(error.option !== undefined && { option: error.option }) };
  if (error instanceof Error) return { message: error.message, expected: false, details: error.stack };
  return { message: String(error), expected: false };
}

/** Asked once, the job puts its work away; asked again, the process leaves as it is. */
function giveUp(): void {
  if (context.signal.aborted) process.exit(143);
  context.cancel();
}

function send(message: FromChild): void {
  if (process.connected) process.send?.(message, () => {});
}

function leaveWith(report: Report): void {
  if (!process.connected) process.exit();
  process.send?.(report, () => process.exit());
}
