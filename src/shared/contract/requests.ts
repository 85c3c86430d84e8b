import { z } from 'zod';
import { jobKindSchema, jobOutcomeSchema, jobViewSchema } from './job.js';
import { CONTROL_ACTIONS } from './job-kind.js';
import { colorizingRequests } from './requests/colorizing.js';
import { engineRequests } from './requests/engine.js';
import { evaluationsRequests } from './requests/evaluations.js';
import { estimatesRequests } from './requests/estimates.js';
import { exportsRequests } from './requests/exports.js';
import { labsRequests } from './requests/labs.js';
import { graphsRequests } from './requests/graphs.js';
import { photographsRequests } from './requests/photographs.js';
import { placesRequests } from './requests/places.js';
import { runsRequests } from './requests/runs.js';
import { settingsRequests } from './requests/settings.js';

const byId = z.strictObject({ id: z.string() });

/**
 * What a host may ask of the engine, each with the schema of its reply; `paths` where a body names files or folders: windows may only
 * name what was chosen in them.
 */
export const REQUESTS = {
  /** Starts a job, or queues it; the parameters are checked against the kind's schema. */
  startJob: { body: z.strictObject({ kind: jobKindSchema, parameters: z.unknown() }), reply: jobViewSchema },
  /** Asks a job to end and keep its work; asked again, ends its process at once. */
  cancelJob: { body: byId, reply: jobViewSchema },
  /** Pauses, resumes or stops a job of a kind that allows it. */
  controlJob: { body: z.strictObject({ id: z.string(), action: z.enum(CONTROL_ACTIONS) }), reply: jobViewSchema },
  /** All jobs of this engine, oldest first, ended ones included. */
  listJobs: { body: z.strictObject({}), reply: z.array(jobViewSchema) },
  /** How a job ended; null while it has not. */
  outcomeOfJob: { body: byId, reply: jobOutcomeSchema.nullable() },
  /** What a job was started with. */
  parametersOfJob: { body: byId, reply: z.unknown() },
  ...engineRequests,
  ...placesRequests,
  ...settingsRequests,
  ...photographsRequests,
  ...runsRequests,
  ...labsRequests,
  ...evaluationsRequests,
  ...colorizingRequests,
  ...estimatesRequests,
  ...exportsRequests,
  ...graphsRequests,
} as const;

export type RequestName = keyof typeof REQUESTS;
export type RequestBody<N extends RequestName> = z.input<(typeof REQUESTS)[N]['body']>;
/** A body as the engine sees it. */
export type CheckedBody<N extends RequestName> = z.output<(typeof REQUESTS)[N]['body']>;
export type Reply<N extends RequestName> = z.output<(typeof REQUESTS)[N]['reply']>;

export const requestNames = Object.keys(REQUESTS) as RequestName[];
