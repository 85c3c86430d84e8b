/**
 * Building blocks of a configuration: each setting is a zod schema that also carries what a person needs to know about it,
 * one line of description and the values allowed, so that windows, help and error sentences all say the same.
 */
import { z } from 'zod';

/** How a setting's text on a command line is read. */
export type SettingKind = 'number' | 'flag' | 'choice' | 'text' | 'list' | 'numbers';

/** What a person is told about a setting. */
export interface SettingFacts {
  kind: SettingKind;
  /** One line: what the setting does. */
  description: string;
  /** Ends the sentence `KEY must be ...`. */
  allowed: string;
  /** The values of a choice. */
  choices?: readonly (string | number)[];
}

/** A setting by its dotted key: `rate.start`. */
export interface Setting extends SettingFacts {
  key: string;
}

const FACTS = z.registry<SettingFacts>();

interface Range {
  /** Lowest value allowed. */
  from?: number;
  /** Exclusive lower bound. */
  above?: number;
  /** Highest value allowed. */
  to?: number;
  /** Exclusive upper bound. */
  below?: number;
}

/** A number within a range. */
export function number(description: string, range: Range): z.ZodNumber {
  return withFacts(bounded(z.number(), range), { kind: 'number', description, allowed: `a number ${rangeWords(range)}`.trim() });
}

/** A whole number within a range. */
export function whole(description: string, range: Range): z.ZodNumber {
  return withFacts(bounded(z.int(), range), { kind: 'number', description, allowed: `a whole number ${rangeWords(range)}`.trim() });
}

/** On or off. */
export function flag(description: string): z.ZodBoolean {
  return withFacts(z.boolean(), { kind: 'flag', description, allowed: 'true or false' });
}

/** One of a few names or numbers. */
export function choice<const T extends string | number>(description: string, choices: readonly T[]): z.ZodLiteral<T> {
  const kind = typeof choices[0] === 'number' ? 'number' : 'choice';
  return withFacts(z.literal([...choices]), { kind, description, allowed: `one of ${choices.join(', ')}`, choices });
}

/** A file's path, or null for none. */
export function optionalFile(description: string): z.ZodNullable<z.ZodString> {
  return withFacts(z.string().min(1).nullable(), { kind: 'text', description, allowed: 'the path of a file, or null for none' });
}

/** Names, none for all. */
export function names(description: string): z.ZodArray<z.ZodString> {
  return withFacts(z.array(z.string().min(1)), { kind: 'list', description, allowed: 'a list of names' });
}

/** Some of a few names, at least one and each once. */
export function choices<const T extends string>(description: string, known: readonly T[]): z.ZodType<T[], T[]> {
  const schema = z.array(z.literal([...known])).min(1).refine((list) => new Set(list).size === list.length);
  return withFacts(schema, { kind: 'list', description, allowed: `one or more of ${known.join(', ')}, each once`, choices: known });
}

/** Whole numbers within a range, as many as may be. */
export function wholes(description: string, range: Range, { most, allowed }: { most: number; allowed: string }): z.ZodArray<z.ZodNumber> {
  return withFacts(z.array(bounded(z.int(), range)).max(most), { kind: 'numbers', description, allowed });
}

/** Numbers within a range, at least one. */
export function numbers(description: string, range: Range, { most, allowed }: { most: number; allowed: string }): z.ZodArray<z.ZodNumber> {
  return withFacts(z.array(bounded(z.number(), range)).min(1).max(most), { kind: 'numbers', description, allowed });
}

/** Every setting of a configuration, in the order of its schema. */
export function settingsOf(schema: z.ZodObject, prefix = ''): Setting[] {
  return Object.entries(schema.shape as Record<string, z.ZodType>).flatMap(([name, field]) => {
    const inner = field instanceof z.ZodOptional || field instanceof z.ZodDefault ? (field.unwrap() as z.ZodType) : field;
    const key = prefix + name;
    if (inner instanceof z.ZodObject) return settingsOf(inner, `${key}.`);
    const facts = FACTS.get(inner);
    if (facts === undefined) throw new Error(`the setting ${key} carries no facts`);
    return [{ key, ...facts }];
  });
}

/** The value of a dotted key in a configuration; undefined where there is none. */
export function settingIn(config: object, key: string): unknown {
  return key.split('.').reduce<unknown>((inner, part) => (inner as Record<string, unknown> | null | undefined)?.[part], config);
}

function withFacts<T extends z.ZodType>(schema: T, facts: SettingFacts): T {
  FACTS.add(schema, facts);
  return schema;
}

function bounded(schema: z.ZodNumber, { from, above, to, below }: Range): z.ZodNumber {
  let checked = schema;
  if (from !== undefined) checked = checked.min(from);
  if (above !== undefined) checked = checked.gt(above);
  if (to !== undefined) checked = checked.max(to);
  if (below !== undefined) checked = checked.lt(below);
  return checked;
}

function rangeWords({ from, above, to, below }: Range): string {
  if (from !== undefined && to !== undefined) return `from ${from} to ${to}`;
  const low = from !== undefined ? `of at least ${from}` : above !== undefined ? `above ${above}` : '';
  const high = to !== undefined ? `at most ${to}` : below !== undefined ? `below ${below}` : '';
  return [low, high].filter((words) => words !== '').join(' and ');
}
