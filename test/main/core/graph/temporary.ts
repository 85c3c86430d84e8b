import { readdirSync } from 'node:fs';
import { tmpdir } from 'node:os';

/** Folders that sessions write their graphs to; there should be none once a session is open. */
export function graphFolders(): string[] {
  return readdirSync(tmpdir()).filter((name) => name.startsWith('chromabench-graph-'));
}
