import { compilePattern, isRecord, type Json } from '@patchbay/node-kit';
import { keyOf } from '../list/compare.ts';
import type { Schema, Visit } from './find-misfits.ts';
import { isOfFormat } from './formats.ts';
import type { MisfitKind } from './misfit.ts';

/** Says so where a size is beyond the limit of a keyword. */
function limit(
  visit: Visit,
  schema: Schema,
  rules: readonly [keyword: string, kind: MisfitKind, broken: (limit: number) => boolean][],
): void {
  for (const [keyword, kind, broken] of rules) {
    const wanted = schema[keyword];
    if (typeof wanted === 'number' && broken(wanted)) visit.add(kind, { limit: wanted });
  }
}

export function checkNumber(visit: Visit, schema: Schema, value: number): void {
  limit(visit, schema, [
    ['minimum', 'least', (least) => value < least],
    ['maximum', 'most', (most) => value > most],
    ['exclusiveMinimum', 'above', (bound) => value <= bound],
    ['exclusiveMaximum', 'below', (bound) => value >= bound],
    ['multipleOf', 'multiple', (step) => step > 0 && !isMultiple(value, step)],
  ]);
}

/** Of the decimals that are written: 0.3 is a multiple of 0.1. */
function isMultiple(value: number, step: number): boolean {
  const times = value / step;
  return Math.abs(times - Math.round(times)) <= Math.abs(times) * 1e-12;
}

export function checkText(visit: Visit, schema: Schema, value: string): void {
  const length = schema['minLength'] === undefined && schema['maxLength'] === undefined ? 0 : [...value].length;
  limit(visit, schema, [
    ['minLength', 'shortest', (least) => length < least],
    ['maxLength', 'longest', (most) => length > most],
  ]);
  const { pattern, format } = schema;
  if (typeof pattern === 'string' && !compilePattern(pattern, '').test(value)) visit.add('pattern', { expected: pattern });
  if (typeof format === 'string' && !isOfFormat(format, value)) visit.add('format', { expected: format });
}

export function checkList(visit: Visit, schema: Schema, value: Json[]): void {
  limit(visit, schema, [
    ['minItems', 'fewest_items', (least) => value.length < least],
    ['maxItems', 'most_items', (most) => value.length > most],
  ]);
  if (schema['uniqueItems'] === true && new Set(value.map(keyOf)).size < value.length) visit.add('repeats');
  const { prefixItems: prefix, contains } = schema;
  const first = Array.isArray(prefix) ? prefix : [];
  for (const [index, item] of value.entries()) visit.inside(index < first.length ? first[index] : schema['items'], item, index);
  if (contains === undefined) return;
  const found = value.filter((item) => visit.fits(contains, item)).length;
  const { minContains: least = 1, maxContains: most = Number.POSITIVE_INFINITY } = schema;
  if (found < Number(least) || found > Number(most)) visit.add('contains');
}

export function checkRecord(visit: Visit, schema: Schema, value: Record<string, Json>): void {
  const names = Object.keys(value);
  limit(visit, schema, [
    ['minProperties', 'fewest_fields', (least) => names.length < least],
    ['maxProperties', 'most_fields', (most) => names.length > most],
  ]);
  checkRequired(visit, schema, value);
  const known = isRecord(schema['properties']) ? (schema['properties'] as Record<string, Json>) : {};
  const patterns = Object.entries(isRecord(schema['patternProperties']) ? (schema['patternProperties'] as Record<string, Json>) : {});
  const others = schema['additionalProperties'];
  for (const name of names) {
    const item = value[name] as Json;
    const matching = patterns.filter(([pattern]) => compilePattern(pattern, '').test(name));
    if (Object.hasOwn(known, name)) visit.inside(known[name], item, name);
    for (const [, inner] of matching) visit.inside(inner, item, name);
    if (Object.hasOwn(known, name) || matching.length > 0) continue;
    if (others === false) visit.add('unknown', { field: name }, [name]);
    else visit.inside(others, item, name);
  }
  const named = schema['propertyNames'];
  if (named !== undefined) for (const name of names) if (!visit.fits(named, name)) visit.add('unknown', { field: name }, [name]);
}

function checkRequired(visit: Visit, schema: Schema, value: Record<string, Json>): void {
  const need = (field: Json): void => {
    if (typeof field === 'string' && !Object.hasOwn(value, field)) visit.add('missing', { field });
  };
  for (const field of listOrNone(schema['required'])) need(field);
  const dependent = schema['dependentRequired'];
  if (!isRecord(dependent)) return;
  for (const [name, fields] of Object.entries(dependent))
    if (Object.hasOwn(value, name)) for (const field of listOrNone(fields as Json)) need(field);
}

const listOrNone = (value: Json | undefined): Json[] => (Array.isArray(value) ? value : []);
