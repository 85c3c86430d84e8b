/**
 * A service is a process that answers calls one by one and keeps what it has loaded between them: for work that is too small to
 * be a job and loads native code all the same.
 */
import type { z } from 'zod';

/** One call: schemas of what goes in and what comes out. */
export interface CallSpec<B extends z.ZodType = z.ZodType, R extends z.ZodType = z.ZodType> {
  body: B;
  reply: R;
}

export type ServiceSpec = Record<string, CallSpec>;
export type CallBody<S extends ServiceSpec, N extends keyof S> = z.output<S[N]['body']>;
export type CallReply<S extends ServiceSpec, N extends keyof S> = z.output<S[N]['reply']>;

/** What a service's process does at a call. */
export type ServiceHandlers<S extends ServiceSpec> = { [N in keyof S]: (body: CallBody<S, N>) => Promise<CallReply<S, N>> };
