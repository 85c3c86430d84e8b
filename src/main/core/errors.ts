/**
 * An error whose message is meant for the person at the screen: what is wrong, where, and what to do now.
 * Everything else that is thrown is a defect of the program and is reported with its stack.
 */
export class UserError extends Error {
  override name = 'UserError';
  /** What does it on a command line, such as `--overwrite`; the message itself speaks of no host's ways. */
  readonly option: string | undefined;

  /** @param message One or two sentences that name the file or setting, the fault and the cure. */
  constructor(message: string, { option, ...options }: { cause?: unknown; option?: string } = {}) {
    super(message, options);
    this.option = option;
  }
}
