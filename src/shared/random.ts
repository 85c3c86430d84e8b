/**
 * The program's one random generator: seeded, handed down, the same numbers on every machine.
 *
 * A generator is named by a key, so that any part of a stream can be had without drawing what came before it:
 * `new Random(seed, 'patch', step)` is the same whether a run came to that step at once or after a resume.
 *
 * Numbers: sfc32 (Chris Doty-Humphrey, PractRand), 128 bits of state; the key is mixed in by MurmurHash3's 32-bit rounds.
 */
export class Random {
  private a: number;
  private b: number;
  private c: number;
  private counter = 1;

  constructor(...key: readonly (number | string)[]) {
    const text = JSON.stringify(key);
    this.a = hash32(text, 0x9e3779b9);
    this.b = hash32(text, 0x243f6a88);
    this.c = hash32(text, 0xb7e15162);
    for (let round = 0; round < 15; round++) this.bits();
  }

  /** 32 random bits as an integer, 0 to 2^32 - 1. */
  bits(): number {
    const sum = (this.a + this.b + this.counter) | 0;
    this.counter = (this.counter + 1) | 0;
    this.a = this.b ^ (this.b >>> 9);
    this.b = (this.c + (this.c << 3)) | 0;
    this.c = (((this.c << 21) | (this.c >>> 11)) + sum) | 0;
    return sum >>> 0;
  }

  /** A number in [0, 1), evenly spread. */
  uniform(): number {
    return this.bits() / 2 ** 32;
  }

  /** An integer in [0, limit), evenly spread. @param limit 1 to 2^32. */
  integer(limit: number): number {
    return Math.floor(this.uniform() * limit);
  }

  /** 0 to count - 1 in random order (Fisher and Yates). */
  permutation(count: number): Uint32Array {
    const order = Uint32Array.from({ length: count }, (_, index) => index);
    for (let last = count - 1; last > 0; last--) {
      const other = this.integer(last + 1);
      const kept = order[last];
      order[last] = order[other];
      order[other] = kept;
    }
    return order;
  }
}

/** MurmurHash3 (x86, 32 bit) of a text's UTF-16 code units, one round each. */
function hash32(text: string, seed: number): number {
  let hash = seed;
  for (let index = 0; index < text.length; index++) {
    let block = Math.imul(text.charCodeAt(index), 0xcc9e2d51);
    block = Math.imul((block << 15) | (block >>> 17), 0x1b873593);
    hash ^= block;
    hash = (Math.imul((hash << 13) | (hash >>> 19), 5) + 0xe6546b64) | 0;
  }
  hash ^= text.length;
  hash = Math.imul(hash ^ (hash >>> 16), 0x85ebca6b);
  hash = Math.imul(hash ^ (hash >>> 13), 0xc2b2ae35);
  return hash ^ (hash >>> 16);
}
