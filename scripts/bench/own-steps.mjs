/**
 * Steps of this program in a process of its own, with the engine that the environment chooses. Reads lines `NETWORK STEPS` and answers each with
 * one JSON line: seconds and cpu (processor time) of all these steps. The first steps of each network are not timed.
 */
import { createInterface } from 'node:readline';
import { ownStep, SETTINGS, stepData, timeSteps, UNTIMED_STEPS } from './own-step.mjs';

/** @type {Map<string, Promise<Awaited<ReturnType<typeof ownStep>>>>} */
const prepared = new Map();

async function prepare(network) {
  const own = await ownStep(network, SETTINGS[network], stepData(SETTINGS[network]));
  for (let i = 0; i < UNTIMED_STEPS; i++) own.step();
  return own;
}

for await (const line of createInterface({ input: process.stdin })) {
  const [network, steps] = line.split(' ');
  if (!prepared.has(network)) prepared.set(network, prepare(network));
  const { step } = await prepared.get(network);
  const { seconds, cpu } = timeSteps(step, Number(steps));
  console.log(JSON.stringify({ seconds: seconds * Number(steps), cpu: cpu * Number(steps) }));
}
