import type { JobError } from '../../../shared/contract/job.js';
import { EXIT, type ExitCode } from './exit-codes.js';

/** Ends a command; tells how in a word for machines, a sentence for people and an exit code. */
export abstract class CommandError extends Error {
  abstract readonly kind: string;
  abstract readonly exitCode: ExitCode;
  /** More lines for whoever looks into it. */
  readonly details: string | undefined = undefined;
}

/** The command line is wrong. */
export class UsageError extends CommandError {
  readonly kind = 'usage';
  readonly exitCode = EXIT.usage;
}

/** The job ended without its result. */
export class JobFailure extends CommandError {
  readonly kind = 'failed';
  readonly exitCode = EXIT.failed;
  override readonly details: string | undefined;

  constructor(error: JobError) {
    super(error.option === undefined ? error.message : `${error.message} Option: ${error.option}`);
    this.details = error.expected ? undefined : error.details;
  }
}

/** The job was asked to end, and did. */
export class Interrupted extends CommandError {
  readonly kind = 'interrupted';
  readonly exitCode = EXIT.interrupted;

  /** @param kept What is left of its work, as a sentence. */
  constructor(kept: string) {
    super(`Interrupted. ${kept}`);
  }
}
