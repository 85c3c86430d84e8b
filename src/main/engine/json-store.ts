import { mkdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { z } from 'zod';
import { writeJsonWhole } from '../core/files.js';
import { inTurn } from '../core/mutex-file.js';

/**
 * A small document that several programs of one user share. A file that is missing or damaged counts as an untouched one:
 * nobody is kept out by it.
 */
export class JsonStore<S extends z.ZodType> {
  private writing: Promise<unknown> = Promise.resolve();

  /** @param schema Reads `{}` as an untouched document. */
  constructor(private readonly folder: string, private readonly name: string, private readonly schema: S) {}

  async read(): Promise<z.output<S>> {
    const text = await readFile(this.path, 'utf8').catch(() => '{}');
    return this.schema.safeParse(jsonOrNothing(text)).data ?? this.schema.parse({});
  }

  /** Changes follow each other, those of other programs too: none is lost between reading and writing. */
  change(changed: (document: z.output<S>) => z.output<S>): Promise<z.output<S>> {
    const next = this.writing.then(async () => {
      await mkdir(this.folder, { recursive: true });
      return inTurn(join(this.folder, `.${this.name}.turn`), async () => {
        const document = changed(await this.read());
        await writeJsonWhole(this.path, document);
        return document;
      });
    });
    this.writing = next.catch(() => {});
    return next;
  }

  private get path(): string {
    return join(this.folder, `${this.name}.json`);
  }
}

function jsonOrNothing(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return {};
  }
}
