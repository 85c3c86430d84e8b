/**
 * What a folder of colorized pictures remembers of how each was made, in a file of its own: how running the same job
 * again knows what is done, and how a later job knows these pictures from photographs. One line a picture, append only;
 * a line is written before its picture appears and tells the picture's size, so that a kill between the two does no harm.
 */
import { appendFile, readFile, stat } from 'node:fs/promises';
import { join } from 'node:path';
import { z } from 'zod';
import { writeFault } from '../files.js';

export const RECORD_NAME = '.chromabench-colorized.jsonl';

const entrySchema = z.object({
  /** Relative to the folder, with `/` on every system. */
  output: z.string(),
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
  private constructor(
    private readonly folder: string,
    private readonly byOutput: Map<string, OutputEntry>,
  ) {}

  /** Reads a folder's record; it is empty where there is none. Lines that cannot be read (cut by a kill) do not count. */
  static async open(folder: string): Promise<OutputRecord> {
    const text = await readFile(join(folder, RECORD_NAME), 'utf8').catch(() => '');
    const entries = text.split('\n').flatMap(parsedLine);
    return new OutputRecord(folder, new Map(entries.map((entry) => [entry.output, entry])));
  }

  /** Whether the folder's picture of that name was made by colorizing. */
  has(output: string): boolean {
    return this.byOutput.has(output);
  }

  /** Names that pictures were given before, by the path of their photograph. */
  outputsByInput(): Map<string, string> {
    return new Map([...this.byOutput.values()].map(({ input, output }) => [input, output]));
  }

  async standing(output: string, recipe: string): Promise<Standing> {
    const file = await stat(join(this.folder, output)).catch(() => undefined);
    if (file === undefined) return 'absent';
    const entry = this.byOutput.get(output);
    return entry?.recipe === recipe && entry.bytes === file.size ? 'done' : 'other';
  }

  /** @throws UserError when the disk is full or read-only */
  async add(entry: OutputEntry): Promise<void> {
    const path = join(this.folder, RECORD_NAME);
    try {
      await appendFile(path, `${JSON.stringify(entry)}\n`);
    } catch (error) {
      throw writeFault(path, error);
    }
    this.byOutput.set(entry.output, entry);
  }
}

function parsedLine(line: string): OutputEntry[] {
  try {
    return [entrySchema.parse(JSON.parse(line))];
  } catch {
    return [];
  }
}
