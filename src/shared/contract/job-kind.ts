import type { z } from 'zod';

/** What can be asked of a job while it runs, beside cancelling it. */
export const CONTROL_ACTIONS = ['pause', 'resume', 'stop'] as const;
export type ControlAction = (typeof CONTROL_ACTIONS)[number];

/** All that the engine and the hosts have to know about one kind of job. */
export interface JobKindSpec<
  P extends z.ZodType = z.ZodType,
  R extends z.ZodType = z.ZodType,
  E extends Record<string, z.ZodType> = Record<string, z.ZodType>,
> {
  parameters: P;
  result: R;
  /** Events that the job may emit beside its progress, by name. */
  events: E;
  /** Heavy jobs fill the machine: one at a time, and one `beside` it that nobody wants to wait for. Light ones run beside both. */
  lane: 'heavy' | 'beside' | 'light';
  controls: readonly ControlAction[];
  /** Its work happens on other machines and goes on there when the job is cancelled here: only its `stop` ends it. */
  elsewhere?: boolean;
  /** Parameters that nobody is told of after the start. */
  secret?: readonly string[];
  /** The files and folders that its parameters name: windows may only name what was chosen in them. */
  paths(parameters: z.output<P>): readonly string[];
  /**
   * What is left of the work when the job ends before its time, as a sentence.
   * @param told Names of the events that the job has emitted.
   */
  kept(parameters: z.output<P>, told: ReadonlySet<string>): string;
}

/** Keeps the types of the schemas while checking the shape. */
export function jobKind<P extends z.ZodType, R extends z.ZodType, E extends Record<string, z.ZodType>>(
  spec: JobKindSpec<P, R, E>,
): JobKindSpec<P, R, E> {
  return spec;
}
