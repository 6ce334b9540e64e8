import type { Json } from '../interface.ts';

type Schema = { [key: string]: Json };
const isSchema = (value: Json | undefined): value is Schema => typeof value === 'object' && value !== null && !Array.isArray(value);
const depthLimit = 12;

/**
 * The smallest value that fits a JSON Schema, with known values put in by property name where they fit.
 * `$ref` is followed inside the document; what a schema does not say is left out.
 */
export function sampleOf(schema: Schema, known: Readonly<Record<string, Json>> = {}, root: Schema = schema, depth = 0): Json {
  if (depth > depthLimit) return null;
  const next = (part: Json | undefined, values = {}): Json => (isSchema(part) ? sampleOf(part, values, root, depth + 1) : null);
  if ('const' in schema) return schema['const'] ?? null;
  if (Array.isArray(schema['enum'])) return schema['enum'][0] ?? null;
  if (typeof schema['$ref'] === 'string') return next(follow(root, schema['$ref']), known);
  for (const key of ['anyOf', 'oneOf', 'allOf']) {
    const options = schema[key];
    if (Array.isArray(options) && options.length > 0) return next(options[0], known);
  }
  const type = Array.isArray(schema['type']) ? schema['type'][0] : schema['type'];
  if (type === 'string') return sampleText(schema);
  if (type === 'number' || type === 'integer') return sampleNumber(schema, type === 'integer');
  if (type === 'boolean') return false;
  if (type === 'array') return Array.from({ length: Math.min(10, Number(schema['minItems'] ?? 0)) }, () => next(schema['items']));
  if (type === 'object' || isSchema(schema['properties'])) {
    const properties = isSchema(schema['properties']) ? schema['properties'] : {};
    const entries = Object.entries(properties).map(([key, part]): [string, Json] => {
      const value = Object.hasOwn(known, key) ? known[key] : undefined;
      return [key, value !== undefined && fits(part, value) ? value : next(part)];
    });
    return Object.fromEntries(entries);
  }
  return null;
}

function follow(root: Schema, reference: string): Json | undefined {
  let at: Json | undefined = root;
  for (const key of reference
    .replace(/^#\/?/, '')
    .split('/')
    .filter((part) => part !== '')) {
    at = isSchema(at) && Object.hasOwn(at, key) ? at[key] : undefined;
  }
  return at;
}

function sampleText(schema: Schema): string {
  const formats: Record<string, string> = {
    date: '2026-01-01',
    'date-time': '2026-01-01T00:00:00Z',
    email: 'demo@example.com',
    uri: 'https://example.com/',
  };
  const format = typeof schema['format'] === 'string' && Object.hasOwn(formats, schema['format']) ? formats[schema['format']] : undefined;
  return format ?? 'demo'.padEnd(Math.min(1_000, Number(schema['minLength'] ?? 0)), '.');
}

function sampleNumber(schema: Schema, integer: boolean): number {
  const minimum = schema['minimum'];
  const maximum = schema['maximum'];
  if (typeof schema['exclusiveMinimum'] === 'number') return Math.floor(schema['exclusiveMinimum']) + 1;
  if (typeof minimum === 'number' && minimum > 0) return integer ? Math.ceil(minimum) : minimum;
  return typeof maximum === 'number' && maximum < 0 ? Math.floor(maximum) : 0;
}

/** Whether a known value may stand at a property: its type and, where there is one, its list of choices. */
export function fits(schema: Json | undefined, value: Json): boolean {
  if (!isSchema(schema)) return true;
  if (Array.isArray(schema['enum'])) return schema['enum'].includes(value);
  const types = Array.isArray(schema['type']) ? schema['type'] : [schema['type']];
  if (types[0] === undefined) {
    const options = schema['anyOf'] ?? schema['oneOf'];
    return Array.isArray(options) ? options.some((option) => fits(option, value)) : true;
  }
  if (value === null) return types.includes('null');
  if (Array.isArray(value)) return types.includes('array') && value.every((item) => fits(schema['items'], item));
  if (typeof value === 'number') return types.includes('number') || (types.includes('integer') && Number.isInteger(value));
  return types.includes(typeof value);
}

/** The properties of an object's schema that are schemas. */
export function propertiesOf(schema: Schema): Record<string, Schema> {
  const properties = schema['properties'];
  if (typeof properties !== 'object' || properties === null || Array.isArray(properties)) return {};
  const parts = Object.entries(properties).filter(
    (entry): entry is [string, Schema] => typeof entry[1] === 'object' && entry[1] !== null && !Array.isArray(entry[1]),
  );
  return Object.fromEntries(parts);
}
