import type { z } from 'zod';

/** A message that does not fit the contract; its text names the message, the field and what was expected there. */
export class ContractError extends Error {
  override name = 'ContractError';
}

/**
 * The value as the schema reads it (defaults filled in).
 * @param what Name of the message, first word of the complaint: `parameters of train`.
 * @throws ContractError with one sentence a fault.
 */
export function checked<S extends z.ZodType>(schema: S, value: unknown, what: string): z.output<S> {
  const read = schema.safeParse(value);
  if (read.success) return read.data;
  throw new ContractError(`${what}: ${read.error.issues.map(sentence).join('; ')}.`);
}

function sentence(issue: z.core.$ZodIssue): string {
  const text = issue.message.charAt(0).toLowerCase() + issue.message.slice(1);
  return issue.path.length ? `${issue.path.join('.')}: ${text}` : text;
}
