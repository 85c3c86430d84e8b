/** A run's weights with the photographs that were looked at last, within bounded memory. */
import { stat } from 'node:fs/promises';
import { LivePicture, type LiveNetwork } from './live-picture.js';

/** What photographs that are not shown at the moment may take together, in bytes. */
const MOST_BYTES = 256 * 2 ** 20;
/** Photographs kept at most. */
const MOST_PICTURES = 12;

export class LiveModel<N extends LiveNetwork = LiveNetwork> {
  /** Last used last. */
  private readonly pictures = new Map<string, Promise<LivePicture>>();

  constructor(readonly network: N) {}

  /**
   * The photograph of a path, from memory where it was looked at lately.
   * @throws PhotoFault that says why it cannot be shown.
   */
  async picture(path: string): Promise<LivePicture> {
    const key = await keyOf(path);
    const opening = this.pictures.get(key) ?? LivePicture.open(path, this.network);
    this.pictures.delete(key);
    this.pictures.set(key, opening);
    try {
      const picture = await opening;
      await this.makeRoom();
      return picture;
    } catch (error) {
      this.pictures.delete(key);
      throw error;
    }
  }

  /** Lets those go that were used longest ago; the last one stays, however large it is. */
  private async makeRoom(): Promise<void> {
    const sizes = await Promise.all([...this.pictures].map(async ([key, picture]) => ({ key, bytes: (await picture.catch(() => undefined))?.bytes ?? 0 })));
    let total = sizes.reduce((sum, { bytes }) => sum + bytes, 0);
    for (const { key, bytes } of sizes.slice(0, -1)) {
      if (total <= MOST_BYTES && this.pictures.size <= MOST_PICTURES) return;
      this.pictures.delete(key);
      total -= bytes;
    }
  }
}

/** A file that was changed meanwhile is another one. */
async function keyOf(path: string): Promise<string> {
  const facts = await stat(path).catch(() => undefined);
  return `${facts?.mtimeMs} ${facts?.size} ${path}`;
}
