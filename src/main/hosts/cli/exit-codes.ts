/** What the command line ends with. */
export const EXIT = {
  done: 0,
  failed: 1,
  /** The command line itself is wrong: an unknown option, a value out of range. */
  usage: 2,
  /** Done, but some files could not be. */
  partly: 3,
  /** Ended by Ctrl+C or a request of the system. */
  interrupted: 130,
} as const;

export type ExitCode = (typeof EXIT)[keyof typeof EXIT];
