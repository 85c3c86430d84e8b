/** The outputs of two graphs to the same inputs, compared one input after the other: of none more is held than what is told in the end. */
import { UserError } from '../errors.js';
import { difference, isRounding, roundingOf, type Difference } from './agreement.js';
import type { ResultArray } from './fetched-array.js';
import type { Port } from './runnable.js';

export interface Verification {
  /** Of all values of all outputs. */
  largestDifference: number;
  /** Values compared. */
  values: number;
  /** Of them those that are NaN in both: the same, and no proof. */
  notNumbers: number;
  /** Different inputs that were tried. */
  inputs: number;
  outputs: ProvenOutput[];
}

export interface ProvenOutput {
  name: string;
  shape: readonly number[];
  largestDifference: number;
  /** Largest value without its sign: what the difference is to be measured by. */
  largestValue: number;
}

interface Tally extends ProvenOutput {
  values: number;
  notNumbers: number;
}

export class Comparison {
  private readonly tallies = new Map<number, Tally>();
  private inputs = 0;

  /** @param what The one that is right. @param looser How much more than rounding may differ. */
  constructor(private readonly ports: readonly Pick<Port, 'name' | 'type'>[], private readonly what: string, private readonly looser = 1) {}

  /** @param expected The outputs to one input. @throws UserError where an output differs by more than rounding. */
  add(expected: readonly ResultArray[], found: readonly ResultArray[]): void {
    this.inputs += 1;
    this.ports.forEach((_, i) => this.take(i, expected[i], difference(expected[i], found[i])));
  }

  private take(place: number, { shape, values }: ResultArray, found: Difference): void {
    const { name, type } = this.ports[place];
    if (!isRounding(found, this.looser * roundingOf(type))) {
      throw new UserError(`The frozen graph does not give the same answer as ${this.what}: ${name} differs by up to ${found.largest.toPrecision(3)} where its largest value is ${found.scale.toPrecision(3)}. Nothing was written. Where the graph draws random numbers (dropout in its training form), choose outputs without them.`);
    }
    const before = this.tallies.get(place) ?? { name, shape, largestDifference: 0, largestValue: 0, values: 0, notNumbers: 0 };
    this.tallies.set(place, {
      ...before,
      largestDifference: Math.max(before.largestDifference, found.largest), largestValue: Math.max(before.largestValue, found.scale),
      values: before.values + values.length, notNumbers: before.notNumbers + found.notNumbers,
    });
  }

  /** @throws UserError where an output gives no number at all. */
  verification(): Verification {
    const all = [...this.tallies.values()];
    const none = all.find(({ values, notNumbers }) => values > 0 && notNumbers === values);
    if (none) throw new UserError(`${none.name} is NaN everywhere, whatever random numbers go in: nothing can be compared. Nothing was written. Feed what the network takes, or look whether its training diverged.`);
    return {
      outputs: all.map(({ name, shape, largestDifference, largestValue }) => ({ name, shape, largestDifference, largestValue })),
      values: sumOf(all.map(({ values }) => values)), notNumbers: sumOf(all.map(({ notNumbers }) => notNumbers)), inputs: this.inputs,
      largestDifference: Math.max(0, ...all.map(({ largestDifference }) => largestDifference)),
    };
  }
}

function sumOf(numbers: readonly number[]): number {
  return numbers.reduce((sum, number) => sum + number, 0);
}
