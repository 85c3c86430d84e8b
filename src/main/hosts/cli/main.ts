/** Entry of the command line: the engine lives in this very process, its jobs in theirs; it is loaded when a command has a job. */
import { runCommandLine } from './run-command-line.js';
import { toleratingClosedPipes } from './streams.js';

const streams = toleratingClosedPipes({ out: process.stdout, err: process.stderr });
const openEngine = async () => new (await import('../../engine/engine.js')).Engine();
process.exitCode = await runCommandLine(process.argv.slice(2), openEngine, streams);
