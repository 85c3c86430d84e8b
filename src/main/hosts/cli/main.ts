/** Entry of the command line: the engine lives in this very process, its jobs in theirs. */
import { Engine } from '../../engine/engine.js';
import { runCommandLine } from './run-command-line.js';
import { toleratingClosedPipes } from './streams.js';

const streams = toleratingClosedPipes({ out: process.stdout, err: process.stderr });
process.exitCode = await runCommandLine(process.argv.slice(2), new Engine(), streams);
