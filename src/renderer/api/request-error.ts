/** A request that got no reply. Its message is meant for the person where it is expected. */
export class RequestError extends Error {
  override name = 'RequestError';

  constructor(message: string, readonly expected: boolean) {
    super(message);
  }
}

/** What to show of anything that was thrown. */
export function messageOf(error: unknown): string {
  return error instanceof Error ? error.message : String(error);
}
