/** Values that fit a schema, made from it, with every path in them marked: a field that is added to a message is found by itself. */
import { z } from 'zod';
import { absolutePath } from '../../src/shared/contract/absolute-path.js';

interface JsonSchema {
  type?: string;
  properties?: Record<string, JsonSchema>;
  items?: JsonSchema;
  anyOf?: JsonSchema[];
  allOf?: JsonSchema[];
  oneOf?: JsonSchema[];
  enum?: unknown[];
  const?: unknown;
  pattern?: string;
  minimum?: number;
  exclusiveMinimum?: number;
}

/** Settings that name a file or folder of the person's own, or none: text in the schema, for command lines make them absolute first. */
const FILES_IN_SETTINGS = ['config.photos.testList', 'config.data.file', 'config.data.folder'];
/** Words, ids of runs and catalogues, ids of evaluations, content ids. */
const TEXTS = ['text', '0123456789abcdef', '20260101-120000-0123', '0123456789abcdef'.repeat(4)];
const PATH_PATTERN = jsonSchema(absolutePath).pattern;

function jsonSchema(schema: z.ZodType): JsonSchema {
  return z.toJSONSchema(schema, { io: 'input', unrepresentable: 'any' }) as JsonSchema;
}

export interface Sample {
  value: unknown;
  /** What stands where the schema wants an absolute path. */
  paths: string[];
  /** Dotted names of the fields that take any text: a path could hide there. */
  freeTexts: string[];
}

/** @param pathAt The path to put where the schema wants one, by the field's dotted name. */
export function sampleOf(schema: z.ZodType, pathAt: (field: string) => string = (field) => `/chosen/${field}`): Sample {
  const found: Sample = { value: undefined, paths: [], freeTexts: [] };
  found.value = valueOf(jsonSchema(schema), '', found, pathAt);
  return found;
}

function valueOf(schema: JsonSchema, field: string, found: Sample, pathAt: (field: string) => string): unknown {
  const choices = schema.anyOf ?? schema.oneOf;
  // Of several shapes the one that takes any text: there a path could be.
  if (choices) return valueOf(choices.find((choice) => choice.type === 'string' && choice.const === undefined) ?? choices[0], field, found, pathAt);
  if (schema.const !== undefined) return schema.const;
  if (schema.enum) return schema.enum[0];
  const inside = (name: string) => (field ? `${field}.${name}` : name);
  switch (schema.type) {
    case 'object': return Object.fromEntries(Object.entries(schema.properties ?? {}).map(([name, part]) => [name, valueOf(part, inside(name), found, pathAt)]));
    case 'array': return [valueOf(schema.items ?? {}, inside('0'), found, pathAt)];
    case 'string': return textOf(schema, field, found, pathAt);
    case 'integer': return schema.minimum ?? (schema.exclusiveMinimum ?? 0) + 1;
    case 'number': return schema.minimum ?? (schema.exclusiveMinimum ?? 0.5) + 0.5;
    case 'boolean': return false;
    default: return undefined;
  }
}

function textOf({ pattern, allOf }: JsonSchema, field: string, found: Sample, pathAt: (field: string) => string): string {
  const patterns = [pattern, ...(allOf ?? []).map((part) => part.pattern)];
  if (patterns.includes(PATH_PATTERN) || FILES_IN_SETTINGS.includes(field)) {
    // A file of a kind: below the place, named as it must be.
    const path = patterns.some((other) => other?.includes('html')) ? `${pathAt(field)}/x.html` : pathAt(field);
    found.paths.push(path);
    return path;
  }
  if (pattern === undefined) found.freeTexts.push(field);
  const fitting = TEXTS.find((text) => pattern === undefined || new RegExp(pattern).test(text));
  if (fitting === undefined) throw new Error(`${field}: no sample text fits ${pattern}. Add one.`);
  return fitting;
}
