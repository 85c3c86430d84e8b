/**
 * A gate that is passed in the order in which places before it were taken. Where results are used in that order too, one that
 * waited for a later one to make room would wait for ever.
 */
import { setMaxListeners } from 'node:events';
import { Gate } from '../gate.js';
import { unlessAborted } from '../photos/in-order.js';

export interface Place {
  /**
   * Waits for all places before this one and then for room.
   * @returns what to call, once, to make room again
   * @throws the signal's reason when stopped
   */
  enter(weight: number): Promise<() => void>;
  /** Lets the next one come to the gate, if this one has not entered and never will. */
  giveUp(): void;
}

export class OrderedGate {
  private readonly gate: Gate;
  /** Settled when every place taken so far has passed the gate or was given up. */
  private passed: Promise<void> = Promise.resolve();

  /** Follows the job's; as many may listen to it as wait. */
  private readonly signal: AbortSignal;

  constructor(capacity: number, signal: AbortSignal) {
    this.gate = new Gate(capacity);
    this.signal = AbortSignal.any([signal]);
    setMaxListeners(0, this.signal);
  }

  takePlace(): Place {
    const before = this.passed;
    let pass = () => {};
    const own = new Promise<void>((resolve) => (pass = resolve));
    this.passed = before.then(() => own);
    const enter = async (weight: number) => {
      await unlessAborted(before, this.signal);
      const entered = this.gate.enter(weight);
      pass();
      return unlessAborted(entered, this.signal);
    };
    return { enter, giveUp: pass };
  }
}
