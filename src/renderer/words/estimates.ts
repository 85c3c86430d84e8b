/** How an estimate is told, and how sure it is. */
import type { TrainingEstimate } from '../../shared/contract/estimate.js';
import { bytes, decimal, duration, moment } from '../../shared/words/words.js';

type Speed = NonNullable<TrainingEstimate['speed']>;

/** A time with its bounds: `9 min, between 8 and 11 min`. */
export function timeWords({ seconds, lowest, highest }: Speed): string {
  return `${duration(seconds)}, between ${duration(lowest)} and ${duration(highest)}`;
}

/** What the figures stand on. */
export function basisWords({ basis, factor, from, at, secondsAStep }: Speed): string {
  const step = `${decimal(secondsAStep, secondsAStep < 1 ? 2 : 1)} s a step`;
  const when = `${from === 'training' ? 'a training' : 'a measurement'} on this machine, ${moment(at)}`;
  if (basis === 'same') return `${step}, from ${when} with the same settings.`;
  const work = `${decimal(factor, factor < 10 ? 2 : 0)} times the work a step`;
  if (basis === 'scaled') return `${step}, scaled from ${when}: the same network with ${work}.`;
  return `${step}, a rough guess from ${when}: another network with ${work}.`;
}

/** Memory beside what the machine has. */
export function memoryWords({ memory }: Speed, machineMemory: number): string {
  return `${bytes(memory)} of ${bytes(machineMemory)}`;
}
