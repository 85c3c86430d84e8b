/**
 * An error whose message is meant for the person at the screen: what is wrong, where, and what to do now.
 * Everything else that is thrown is a defect of the program and is reported with its stack.
 */
export class UserError extends Error {
  override name = 'UserError';
  /** @param message One or two sentences that name the file or setting, the fault and the cure. */
  constructor(message: string, options?: { cause?: unknown }) {
    super(message, options);
  }
}
