import { Option } from 'commander';

/** The same for every command. */
export function jsonOption(): Option {
  return new Option('--json', 'print one JSON document on standard output, everything else on standard error');
}

/** Whether a command line asks for JSON; known before it is parsed, so that a wrong one is answered in JSON, too. */
export function asksForJson(words: readonly string[]): boolean {
  const end = words.indexOf('--');
  return words.slice(0, end < 0 ? undefined : end).includes('--json');
}
