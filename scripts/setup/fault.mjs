/** A failure of the set-up whose message is for the person at the screen: what is wrong and what to do. */
export class SetupFault extends Error {
  /** @override */
  name = 'SetupFault';
}

/** Why one way to the engine is closed, and what would open it. */
export class ClosedWay extends Error {
  /** @override */
  name = 'ClosedWay';

  /**
   * @param {string} reason Half a sentence: `no C++ compiler was found`.
   * @param {string} [cure] What to do about it, an order without a full stop: `install g++`.
   */
  constructor(reason, cure) {
    super(reason);
    this.cure = cure;
  }
}
