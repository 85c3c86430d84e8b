/** `npm run build`, `npm run typecheck`, `npm run lint`: one step of `npm test` by itself. */
import { build } from './steps/build.mjs';
import { checkStyle } from './steps/style.mjs';
import { checkTypes } from './steps/types.mjs';

const steps = new Map([['build', build], ['types', checkTypes], ['style', checkStyle]]);
const step = steps.get(process.argv[2]);
if (!step) throw new Error(`There is no such step; there are ${[...steps.keys()].join(', ')}.`);
process.exitCode = await step();
