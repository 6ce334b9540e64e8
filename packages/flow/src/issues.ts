import type * as z from 'zod';
import { type Problem, toPointer } from './problem.ts';

/** What a shape check finds fault with. Configs of nodes use the same codes. */
export type ShapeCode =
  | 'missing_field'
  | 'unknown_field'
  | 'wrong_type'
  | 'not_an_option'
  | 'bad_id'
  | 'bad_edge_end'
  | 'bad_format'
  | 'too_small'
  | 'too_big'
  | 'too_short'
  | 'too_long'
  | 'too_few'
  | 'too_many'
  | 'id_taken'
  | 'bad_address'
  | 'bad_value';

/** A fault of the shape with its path inside the value that was read. */
export interface ShapeIssue {
  code: ShapeCode;
  path: (string | number)[];
  params: Record<string, string | number>;
}

/** Longest list of options or text told in a parameter. */
const told = 200;

/** zod's issues in our own words: codes and parameters, never its English. One issue may name several faults. */
export function shapeIssues(error: z.ZodError, input: unknown): ShapeIssue[] {
  return error.issues.flatMap((issue) => readIssue(issue, input));
}

function readIssue(issue: z.core.$ZodIssue, input: unknown): ShapeIssue[] {
  const path = issue.path.filter((key): key is string | number => typeof key !== 'symbol');
  const one = (code: ShapeCode, params: ShapeIssue['params'] = {}): ShapeIssue[] => [{ code, path, params }];
  const name = String(path.at(-1) ?? '');
  switch (issue.code) {
    case 'unrecognized_keys':
      return issue.keys.map((key) => ({ code: 'unknown_field', path: [...path, key], params: { field: key.slice(0, told) } }));
    case 'invalid_key':
      return one('bad_id', { id: name.slice(0, told) });
    case 'invalid_type':
      if (isMissing(input, path)) return one('missing_field', { field: name });
      return one('wrong_type', { expected: issue.expected });
    case 'invalid_value':
      if (isMissing(input, path)) return one('missing_field', { field: name });
      return one('not_an_option', { options: issue.values.map(String).join(', ').slice(0, told) });
    case 'invalid_format':
      return one(formatCode(issue.format, issue.pattern), { text: textAt(input, path) });
    case 'too_small':
      return one(sizeCode(issue.origin, 'low'), { limit: Number(issue.minimum) });
    case 'too_big':
      return one(sizeCode(issue.origin, 'high'), { limit: Number(issue.maximum) });
    case 'invalid_union':
      return one('bad_value');
    case 'custom':
      // A schema that refuses an id among its named things adds an issue at that id.
      if (name === 'id') return one('id_taken', { id: textAt(input, path) });
      if (issue.params?.['code'] === 'bad_address') return one('bad_address', { text: textAt(input, path) });
      if (issue.params?.['code'] === 'bad_format') return one('bad_format', { text: textAt(input, path) });
      return isMissing(input, path) ? one('missing_field', { field: name }) : one('bad_value');
    default:
      if (isMissing(input, path)) return one('missing_field', { field: name });
      return one('bad_value');
  }
}

function formatCode(format: string, pattern: string | undefined): ShapeCode {
  if (format !== 'regex') return 'bad_format';
  if (pattern?.includes('\\.') === true) return 'bad_edge_end';
  return 'bad_id';
}

function sizeCode(origin: string, end: 'low' | 'high'): ShapeCode {
  if (origin === 'string') return end === 'low' ? 'too_short' : 'too_long';
  if (origin === 'array' || origin === 'set' || origin === 'map') return end === 'low' ? 'too_few' : 'too_many';
  return end === 'low' ? 'too_small' : 'too_big';
}

function valueAt(input: unknown, path: readonly (string | number)[]): unknown {
  let value = input;
  for (const key of path) {
    if (typeof value !== 'object' || value === null || !Object.hasOwn(value, key)) return undefined;
    value = (value as Record<string | number, unknown>)[key];
  }
  return value;
}

const isMissing = (input: unknown, path: readonly (string | number)[]): boolean => valueAt(input, path) === undefined;

function textAt(input: unknown, path: readonly (string | number)[]): string {
  const value = valueAt(input, path);
  return typeof value === 'string' ? value.slice(0, told) : '';
}

/** An issue as a problem of the document, placed under `base`. */
export function issueProblem(issue: ShapeIssue, base: readonly (string | number)[] = []): Problem<ShapeCode> {
  const path = [...base, ...issue.path];
  const problem: Problem<ShapeCode> = { code: issue.code, severity: 'error', pointer: toPointer(path), params: issue.params };
  const [section, key] = path;
  if (section === 'nodes' && typeof key === 'string') problem.node = key;
  if (section === 'edges' && typeof key === 'number') problem.edge = key;
  return problem;
}
