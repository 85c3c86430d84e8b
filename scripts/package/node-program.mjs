/** The Node that a package carries for its engine: the one that runs this, if it stands on its own. */
import { SetupFault } from '../setup/fault.mjs';

/**
 * A Node of a Linux distribution may lean on libraries of that system, and would not start elsewhere.
 * @param {Readonly<Record<string, unknown>>} [variables] How Node was built.
 * @returns {string} Path of the program.
 * @throws {SetupFault}
 */
export function portableNode(variables = process.config.variables) {
  const leaning = Object.entries(variables).filter(([name, value]) => name.startsWith('node_shared') && value === true);
  if (!leaning.length) return process.execPath;
  throw new SetupFault(
    `The Node.js that runs this (${process.execPath}) needs libraries of this system (${leaning.map(([name]) => name).join(', ')}), so that a package with it would not start on others. Install one from nodejs.org and run the same command with it.`,
  );
}
