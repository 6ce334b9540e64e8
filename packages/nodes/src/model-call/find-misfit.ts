import type { Json } from '@patchbay/node-kit';

type Schema = Record<string, Json>;
export interface Misfit {
  path: (string | number)[];
  expected: string;
}

/** Deeper than this an answer is no longer looked at. */
const depthLimit = 50;

/**
 * Where a value does not fit a JSON Schema, for the keywords that models are asked with. Keywords it does not know
 * ask for nothing; `pattern` is one of them, so that no text can make a check hang.
 */
export function findMisfit(schema: Json | undefined, value: Json, path: (string | number)[] = []): Misfit | undefined {
  if (!isSchema(schema) || path.length > depthLimit) return undefined;
  const options = schema['anyOf'] ?? schema['oneOf'];
  if (Array.isArray(options) && options.every((option) => findMisfit(option, value, path) !== undefined)) {
    return { path, expected: options.map(nameOf).join(' | ') };
  }
  if (Array.isArray(schema['enum']) && !schema['enum'].some((option) => same(option, value))) {
    return { path, expected: schema['enum'].map((option) => JSON.stringify(option)).join(', ') };
  }
  if (schema['const'] !== undefined && !same(schema['const'], value)) return { path, expected: JSON.stringify(schema['const']) };
  if (!isOfType(schema['type'], value)) return { path, expected: nameOf(schema) };
  if (typeof value === 'number') return findOutOfRange(schema, value, path);
  if (Array.isArray(value)) return findInList(schema, value, path);
  return isSchema(value) ? findInObject(schema, value, path) : undefined;
}

const isSchema = (value: Json | undefined): value is Schema => typeof value === 'object' && value !== null && !Array.isArray(value);

const same = (a: Json, b: Json): boolean => a === b || JSON.stringify(a) === JSON.stringify(b);

const nameOf = (schema: Json): string =>
  isSchema(schema) && schema['type'] !== undefined ? [schema['type']].flat().join(' | ') : 'another value';

function isOfType(type: Json | undefined, value: Json): boolean {
  if (type === undefined) return true;
  return (Array.isArray(type) ? type : [type]).some((name) => {
    if (name === 'null') return value === null;
    if (name === 'array') return Array.isArray(value);
    if (name === 'object') return isSchema(value);
    if (name === 'integer') return Number.isInteger(value);
    return typeof value === name;
  });
}

function findOutOfRange({ minimum, maximum }: Schema, value: number, path: (string | number)[]): Misfit | undefined {
  if (typeof minimum === 'number' && value < minimum) return { path, expected: `≥ ${minimum}` };
  return typeof maximum === 'number' && value > maximum ? { path, expected: `≤ ${maximum}` } : undefined;
}

function findInList({ items, minItems, maxItems }: Schema, value: Json[], path: (string | number)[]): Misfit | undefined {
  if (typeof minItems === 'number' && value.length < minItems) return { path, expected: `≥ ${minItems} items` };
  if (typeof maxItems === 'number' && value.length > maxItems) return { path, expected: `≤ ${maxItems} items` };
  for (const [index, item] of value.entries()) {
    const misfit = findMisfit(items, item, [...path, index]);
    if (misfit !== undefined) return misfit;
  }
  return undefined;
}

function findInObject(
  { properties, required, additionalProperties }: Schema,
  value: Schema,
  path: (string | number)[],
): Misfit | undefined {
  const known = isSchema(properties) ? properties : {};
  for (const key of Array.isArray(required) ? required : []) {
    if (typeof key === 'string' && !Object.hasOwn(value, key))
      return { path: [...path, key], expected: Object.hasOwn(known, key) ? nameOf(known[key] ?? null) : 'a value' };
  }
  for (const [key, item] of Object.entries(value)) {
    if (!Object.hasOwn(known, key) && additionalProperties === false) return { path: [...path, key], expected: 'no such name' };
    const misfit = findMisfit(Object.hasOwn(known, key) ? known[key] : additionalProperties, item, [...path, key]);
    if (misfit !== undefined) return misfit;
  }
  return undefined;
}
