/** A checkpoint that is open: its tensors, and what their values are. */
import { stat } from 'node:fs/promises';
import { CheckpointReader, checkpointPrefix, type CheckpointEntry } from '../checkpoints/checkpoint-reader.js';
import { UserError } from '../errors.js';
import { figuresOf, type TensorFigures } from '../frozen-graphs/node-details.js';
import { valuesOfBytes, type ConstantValues } from '../graph-files/constant.js';
import { bytesOfElement, typeName } from '../graph-files/data-types.js';
import { weightPage, type WeightPage, type WeightWish } from './weight-page.js';

/** Bytes of a tensor that are looked into. */
const MOST = 2 ** 29;

export class CheckpointInspection {
  private open: { stamp: string; reader: CheckpointReader } | undefined;
  /** Pages of one tensor are asked for one after the other. */
  private last: { entry: CheckpointEntry; values: ConstantValues } | undefined;

  /** @param given See checkpointPrefix. @throws UserError where there is none, or it is damaged. */
  async reader(given: string): Promise<CheckpointReader> {
    const prefix = await checkpointPrefix(given);
    const { size, mtimeMs } = await stat(`${prefix}.index`);
    const stamp = `${prefix} ${size} ${mtimeMs}`;
    if (this.open?.stamp !== stamp) [this.open, this.last] = [{ stamp, reader: await CheckpointReader.open(prefix) }, undefined];
    return this.open.reader;
  }

  /** Figures of a tensor's values; null where it holds no numbers. @throws UserError where it is damaged, not there, or too large. */
  async figures(given: string, name: string): Promise<TensorFigures | null> {
    const [reader, entry] = await this.find(given, name);
    const values = await this.values(reader, entry);
    return values && figuresOf(entry.type, entry.shape, values);
  }

  /** @throws UserError as `figures`, and where the tensor holds no numbers. */
  async weights(given: string, name: string, wish: WeightWish): Promise<WeightPage> {
    const [reader, entry] = await this.find(given, name);
    const values = await this.values(reader, entry);
    if (values === null) throw new UserError(`${name} holds no numbers.`);
    return weightPage(entry.shape, values, wish);
  }

  private async find(given: string, name: string): Promise<[CheckpointReader, CheckpointEntry]> {
    const reader = await this.reader(given);
    const entry = reader.find(name);
    if (entry === undefined) throw new UserError(`${reader.prefix} has no tensor ${name}.`);
    return [reader, entry];
  }

  private async values(reader: CheckpointReader, entry: CheckpointEntry): Promise<ConstantValues | null> {
    if (this.last?.entry === entry) return this.last.values;
    if (bytesOfElement(entry.type) === undefined) return null;
    if (entry.bytes > MOST) throw new UserError(`${entry.name} has ${Math.round(entry.bytes / 2 ** 20).toLocaleString('en')} MB of ${typeName(entry.type)}; values are looked into up to ${MOST / 2 ** 20} MB.`);
    const bytes = await reader.read(entry);
    try {
      this.last = { entry, values: valuesOfBytes(bytes, entry.type, entry.shape) };
      return this.last.values;
    } catch {
      return null; // no numbers
    }
  }
}
