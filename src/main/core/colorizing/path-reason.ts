/** A file and why it is listed, in plain words. */
export interface PathReason {
  path: string;
  reason: string;
}

/** The words of whatever was thrown. */
export function messageOf(error: unknown): string {
  return error instanceof Error ? error.message : String(error);
}
