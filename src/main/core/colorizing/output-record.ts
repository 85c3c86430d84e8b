/**
 * What a folder of colorized pictures remembers of how each was made, in a file of its own: how running the same job
 * again knows what is done, and how a later job knows these pictures from photographs. One line a picture, append only;
 * a line is written before its picture appears and tells the picture's size, so that a kill between the two does no harm.
 */
import { appendFile, readFile, stat } from 'node:fs/promises';
import { join } from 'node:path';
import { z } from 'zod';
import { staysBelow } from '../../../shared/below-path.js';
import { UserError } from '../errors.js';
import { writeFault } from '../files.js';

export const RECORD_NAME = '.chromabench-colorized.jsonl';

const entrySchema = z.object({
  /** Relative to the folder, with `/` on every system. */
  output: z.string().refine(staysBelow),
  /** Absolute path of the photograph. */
  input: z.string(),
  /** Everything that decides how the picture looks: see `recipeOf`. */
  recipe: z.string(),
  /** Size of the picture's file. */
  bytes: z.int(),
});
export type OutputEntry = z.infer<typeof entrySchema>;

/** Where a picture of that name stands: not there, as this job would make it, or something else. */
export type Standing = 'absent' | 'done' | 'other';

export class OutputRecord {
  /** The latest of each name. */
  private readonly byOutput = new Map<string, OutputEntry>();
  /** Names with sizes: after a kill before a picture was replaced, the one before the latest is there. */
  private readonly made = new Set<string>();

  private constructor(private readonly folder: string) {}

  /**
   * Reads a folder's record; it is empty where there is none. Lines that cannot be read (cut by a kill) do not count.
   * @throws UserError when it is there and cannot be read
   */
  static async open(folder: string): Promise<OutputRecord> {
    const text = await recordText(join(folder, RECORD_NAME));
    const record = new OutputRecord(folder);
    text.split('\n').flatMap(parsedLine).forEach((entry) => record.learn(entry));
    return record;
  }

  /** Whether the folder's picture of that name is one that colorizing made: another file may have come in its place. */
  async has(output: string): Promise<boolean> {
    if (!this.byOutput.has(output)) return false;
    const bytes = await this.sizeOf(output);
    return bytes !== undefined && this.made.has(madeKey({ output, bytes }));
  }

  /** Names that pictures were given before, by the path of their photograph. */
  outputsByInput(): Map<string, string> {
    return new Map([...this.byOutput.values()].map(({ input, output }) => [input, output]));
  }

  async standing(output: string, recipe: string): Promise<Standing> {
    const size = await this.sizeOf(output);
    if (size === undefined) return 'absent';
    const entry = this.byOutput.get(output);
    return entry?.recipe === recipe && entry.bytes === size ? 'done' : 'other';
  }

  private async sizeOf(output: string): Promise<number | undefined> {
    return (await stat(join(this.folder, output)).catch(() => undefined))?.size;
  }

  /** @throws UserError when the disk is full or read-only */
  async add(entry: OutputEntry): Promise<void> {
    const path = join(this.folder, RECORD_NAME);
    try {
      await appendFile(path, `${JSON.stringify(entry)}\n`);
    } catch (error) {
      throw writeFault(path, error);
    }
    this.learn(entry);
  }

  private learn(entry: OutputEntry): void {
    this.byOutput.set(entry.output, entry);
    this.made.add(madeKey(entry));
  }
}

function madeKey({ output, bytes }: Pick<OutputEntry, 'output' | 'bytes'>): string {
  return `${bytes} ${output}`;
}

/** Only what is not there is empty; a record that cannot be read might name every picture. */
async function recordText(path: string): Promise<string> {
  try {
    return await readFile(path, 'utf8');
  } catch (cause) {
    const { code, message } = cause as NodeJS.ErrnoException;
    if (code === 'ENOENT') return '';
    throw new UserError(`${path}, which tells what was colorized before, cannot be read (${code ?? message}). Make it readable or move it away.`, { cause });
  }
}

function parsedLine(line: string): OutputEntry[] {
  try {
    return [entrySchema.parse(JSON.parse(line))];
  } catch {
    return [];
  }
}
