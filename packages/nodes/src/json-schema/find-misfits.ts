import { isRecord, type Json, StepError } from '@patchbay/node-kit';
import { keyOf } from '../list/compare.ts';
import { checkList, checkNumber, checkRecord, checkText } from './keywords.ts';
import type { Misfit, MisfitKind } from './misfit.ts';

export type Schema = Record<string, Json>;
type Path = readonly (string | number)[];

/** A value on its way through a schema. */
export interface Visit {
  root: Json;
  /** Adds a misfit at a path below the value's own. */
  add(kind: MisfitKind, params?: Misfit['params'], below?: Path): void;
  /** Checks a value inside against a schema, into the same list. */
  inside(schema: Json | undefined, value: Json, key: string | number): void;
  /** Whether a value fits a schema, without saying so. */
  fits(schema: Json, value: Json): boolean;
}

/** Most misfits that are told, and most schemas that are looked at for one value. */
const told = 100;
const mostWork = 200_000;
const deepest = 150;

/** Keywords that would change an answer and are not understood here. */
const refused = ['unevaluatedProperties', 'unevaluatedItems', '$dynamicRef', '$recursiveRef'];

/**
 * All places at which a value does not fit a JSON Schema (2020-12; references inside the schema only), up to a hundred.
 * Throws StepError `invalid_input` for a schema that cannot be read, or that takes too much work.
 */
export function findMisfits(schema: Json, value: Json): Misfit[] {
  const state = { root: schema, work: 0 };
  const found: Misfit[] = [];
  check(state, { schema, value, path: [], depth: 0 }, found);
  return found.slice(0, told);
}

interface Place {
  schema: Json;
  value: Json;
  path: Path;
  depth: number;
}

function check(state: { root: Json; work: number }, { schema, value, path, depth }: Place, found: Misfit[]): void {
  state.work += 1;
  if (state.work > mostWork || depth > deepest) throw new StepError('invalid_input', 'schema_too_much');
  if (found.length >= told || schema === true) return;
  if (schema === false) {
    found.push({ path, kind: 'never', params: {} });
    return;
  }
  if (!isRecord(schema)) throw new StepError('invalid_input', 'schema_bad', { place: 'schema' });
  const visit: Visit = {
    root: state.root,
    add: (kind, params = {}, below = []) => found.push({ path: [...path, ...below], kind, params }),
    inside: (inner, item, key) => {
      if (inner !== undefined) check(state, { schema: inner, value: item, path: [...path, key], depth: depth + 1 }, found);
    },
    fits: (inner, item) => {
      const misfits: Misfit[] = [];
      check(state, { schema: inner, value: item, path, depth: depth + 1 }, misfits);
      return misfits.length === 0;
    },
  };
  const all = (inner: Json): void => check(state, { schema: inner, value, path, depth: depth + 1 }, found);
  checkOne(visit, schema as Schema, value, all);
}

function checkOne(visit: Visit, schema: Schema, value: Json, all: (inner: Json) => void): void {
  for (const keyword of refused)
    if (Object.hasOwn(schema, keyword)) throw new StepError('invalid_input', 'schema_unsupported', { keyword });
  if (typeof schema['$ref'] === 'string') all(resolve(visit.root, schema['$ref']));
  checkKind(visit, schema, value);
  if (typeof value === 'number') checkNumber(visit, schema, value);
  else if (typeof value === 'string') checkText(visit, schema, value);
  else if (Array.isArray(value)) checkList(visit, schema, value);
  else if (isRecord(value)) checkRecord(visit, schema, value as Record<string, Json>);
  for (const inner of listOf(schema, 'allOf')) all(inner);
  checkChoices(visit, schema, value);
  if (schema['if'] !== undefined) {
    const branch = visit.fits(schema['if'], value) ? schema['then'] : schema['else'];
    if (branch !== undefined) all(branch);
  }
}

function checkKind(visit: Visit, schema: Schema, value: Json): void {
  const { type, enum: options } = schema;
  if (type !== undefined && ![type].flat().some((name) => isOfType(name, value))) visit.add('type', { expected: [type].flat().join(', ') });
  if (Array.isArray(options) && !options.some((option) => same(option, value)))
    visit.add('options', { expected: options.map((option) => JSON.stringify(option)).join(', ') });
  if (Object.hasOwn(schema, 'const') && !same(schema['const'] as Json, value))
    visit.add('options', { expected: JSON.stringify(schema['const']) });
}

function checkChoices(visit: Visit, schema: Schema, value: Json): void {
  const any = listOf(schema, 'anyOf');
  if (any.length > 0 && !any.some((inner) => visit.fits(inner, value))) visit.add('none_fits');
  const one = listOf(schema, 'oneOf');
  const count = one.filter((inner) => visit.fits(inner, value)).length;
  if (one.length > 0 && count === 0) visit.add('none_fits');
  if (count > 1) visit.add('several_fit', { count });
  if (schema['not'] !== undefined && visit.fits(schema['not'], value)) visit.add('must_not_fit');
}

function listOf(schema: Schema, keyword: string): Json[] {
  const value = schema[keyword];
  if (value === undefined) return [];
  if (!Array.isArray(value)) throw new StepError('invalid_input', 'schema_bad', { place: keyword });
  return value;
}

export const same = (a: Json, b: Json): boolean => a === b || keyOf(a) === keyOf(b);

function isOfType(name: Json, value: Json): boolean {
  switch (name) {
    case 'null':
      return value === null;
    case 'array':
      return Array.isArray(value);
    case 'object':
      return isRecord(value);
    case 'integer':
      return Number.isInteger(value);
    case 'string':
    case 'number':
    case 'boolean':
      return typeof value === name;
    default:
      throw new StepError('invalid_input', 'schema_bad', { place: `type ${JSON.stringify(name)}` });
  }
}

/** `#` or `#/…`: a place in the schema itself. Nothing is ever fetched. */
function resolve(root: Json, reference: string): Json {
  let at: Json | undefined = reference.startsWith('#') ? root : undefined;
  for (const part of reference.slice(1).split('/').slice(1)) {
    const key = decodeURIComponent(part).replaceAll('~1', '/').replaceAll('~0', '~');
    at = typeof at === 'object' && at !== null && Object.hasOwn(at, key) ? (at as Record<string, Json>)[key] : undefined;
  }
  if (at === undefined || !/^#(?:\/|$)/.test(reference))
    throw new StepError('invalid_input', 'schema_bad', { place: `$ref ${reference.slice(0, 80)}` });
  return at;
}
