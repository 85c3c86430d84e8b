import { readFile, rename } from 'node:fs/promises';
import { join } from 'node:path';
import type { z } from 'zod';
import { UserError } from '../core/errors.js';
import { ensureFolder, writeJsonWhole } from '../core/files.js';
import { inTurn } from '../core/mutex-file.js';

/**
 * A small document that several programs of one user share. A file that is missing or damaged counts as an untouched one:
 * nobody is kept out by it. A damaged one is set aside before it is written over, for whoever wants to mend it.
 */
export class JsonStore<S extends z.ZodType> {
  private writing: Promise<unknown> = Promise.resolve();

  /** @param schema Reads `{}` as an untouched document. */
  constructor(private readonly folder: string, private readonly name: string, private readonly schema: S) {}

  async read(): Promise<z.output<S>> {
    return this.documentIn(await readFile(this.path, 'utf8').catch(() => '{}')) ?? this.schema.parse({});
  }

  /**
   * Changes follow each other, those of other programs too: none is lost between reading and writing.
   * @throws UserError where the document cannot be read or written.
   */
  change(changed: (document: z.output<S>) => z.output<S>): Promise<z.output<S>> {
    const next = this.writing.then(async () => {
      await ensureFolder(this.folder);
      return inTurn(join(this.folder, `.${this.name}.turn`), async () => {
        const document = changed(await this.toChange());
        await writeJsonWhole(this.path, document);
        return document;
      });
    });
    this.writing = next.catch(() => {});
    return next;
  }

  /** As `read`, for writing it anew: what is there and cannot be read is no untouched document. */
  private async toChange(): Promise<z.output<S>> {
    const text = await readFile(this.path, 'utf8').catch((cause: NodeJS.ErrnoException) => {
      if (cause.code === 'ENOENT') return '{}';
      throw new UserError(`${this.path} cannot be read (${cause.code ?? cause.message}), and is not written over. Make it readable, or move it away.`, { cause });
    });
    const document = this.documentIn(text);
    if (document === undefined) await rename(this.path, join(this.folder, `${this.name}-damaged.json`));
    return document ?? this.schema.parse({});
  }

  /** undefined where it is damaged. */
  private documentIn(text: string): z.output<S> | undefined {
    try {
      return this.schema.safeParse(JSON.parse(text)).data;
    } catch {
      return undefined;
    }
  }

  private get path(): string {
    return join(this.folder, `${this.name}.json`);
  }
}
