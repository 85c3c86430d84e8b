/**
 * The photographs of a job, known by what they are on the disk and not by their names: none is ever written over, whatever
 * links lead to it.
 */
import { stat } from 'node:fs/promises';

export class Originals {
  private constructor(private readonly identities: ReadonlySet<string>) {}

  static async of(paths: readonly string[]): Promise<Originals> {
    const identities = await Promise.all(paths.map(identityOf));
    return new Originals(new Set(identities.filter((identity) => identity !== undefined)));
  }

  /** Whether writing to `path` would write to one of them. */
  async has(path: string): Promise<boolean> {
    const identity = await identityOf(path);
    return identity !== undefined && this.identities.has(identity);
  }
}

/** Why nothing is written to such a path. */
export function originalThere(path: string): string {
  return `Not written to ${path}: a photograph of this job lies there, and photographs are never overwritten.`;
}

/** Device and inode, links followed; undefined where nothing is there. */
async function identityOf(path: string): Promise<string | undefined> {
  const facts = await stat(path, { bigint: true }).catch(() => undefined);
  return facts && `${facts.dev}:${facts.ino}`;
}
