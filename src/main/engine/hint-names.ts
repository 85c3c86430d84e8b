import { createHash } from 'node:crypto';
import { ContractError } from '../../shared/contract/check.js';
import type { NamedHints } from '../../shared/contract/requests/colorizing.js';
import type { Hint } from '../../shared/colour/hints.js';

/** Names kept at a time: while a hint is moved there is one for each place it passes. */
const KEPT = 256;

/** Names for colour hints, so that names of pictures stay short: the same hints have the same name. */
export class HintNames {
  /** Last used last. */
  private readonly byId = new Map<string, readonly Hint[]>();

  name(hints: Hint[]): NamedHints {
    if (hints.length === 0) return { hints, id: null };
    const id = createHash('sha256').update(JSON.stringify(hints.map(({ x, y, a, b }) => [x, y, a, b]))).digest('hex').slice(0, 16);
    this.remember(id, hints);
    return { hints, id };
  }

  /** undefined where nothing was named so, or long ago. */
  find(id: string): readonly Hint[] | undefined {
    const hints = this.byId.get(id);
    if (hints) this.remember(id, hints);
    return hints;
  }

  /** @throws ContractError where nothing was named so. */
  demand(id: string | undefined): Hint[] {
    const hints = id === undefined ? [] : this.find(id);
    if (!hints) throw new ContractError(`There are no hints ${id}: name them again.`);
    return [...hints];
  }

  private remember(id: string, hints: readonly Hint[]): void {
    this.byId.delete(id);
    this.byId.set(id, hints);
    if (this.byId.size > KEPT) this.byId.delete(this.byId.keys().next().value as string);
  }
}
