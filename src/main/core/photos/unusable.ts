import type { Findings } from './content-facts.js';
import type { PhotoFault } from './fault.js';

/** Facts of a content that holds no photograph to learn from. */
export function unusable({ fate, reason }: Pick<PhotoFault, 'fate' | 'reason'>): Findings {
  return { facts: { usable: false, fate, reason } };
}
