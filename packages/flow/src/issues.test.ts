import { expect, test } from 'vitest';
import * as z from 'zod';
import { issueProblem, shapeIssues } from './issues.ts';

/** The issues of a schema with a value, as `code path params`. */
function issues(schema: z.ZodType, value: unknown): string[] {
  const parsed = schema.safeParse(value);
  if (parsed.success) return [];
  return shapeIssues(parsed.error, value).map(({ code, path, params }) => `${code} ${path.join('/')} ${JSON.stringify(params)}`);
}

const id = z.string().regex(/^[a-z]+$/);

test.each<[string, z.ZodType, unknown, string[]]>([
  ['a field that is missing', z.object({ a: z.string() }), {}, ['missing_field a {"field":"a"}']],
  ['a field of another type', z.object({ a: z.string() }), { a: 1 }, ['wrong_type a {"expected":"string"}']],
  ['null where a value must be', z.object({ a: z.number() }), { a: null }, ['wrong_type a {"expected":"number"}']],
  ['NaN', z.object({ a: z.number() }), { a: Number.NaN }, ['wrong_type a {"expected":"number"}']],
  ['half a number', z.object({ a: z.int() }), { a: 1.5 }, ['wrong_type a {"expected":"int"}']],
  ['unknown fields, one by one', z.strictObject({}), { x: 1, y: 2 }, ['unknown_field x {"field":"x"}', 'unknown_field y {"field":"y"}']],
  ['an option that is none', z.object({ a: z.enum(['b', 'c']) }), { a: 'd' }, ['not_an_option a {"options":"b, c"}']],
  ['an option that is missing', z.object({ a: z.enum(['b', 'c']) }), {}, ['missing_field a {"field":"a"}']],
  ['another literal', z.object({ a: z.literal(1) }), { a: 2 }, ['not_an_option a {"options":"1"}']],
  ['an id that is none', z.object({ a: id }), { a: 'A!' }, ['bad_id a {"text":"A!"}']],
  ['a key that is no id', z.record(id, z.number()), { 'A!': 1 }, ['bad_id A! {"id":"A!"}']],
  ['an end that is none', z.object({ a: z.string().regex(/^[a-z]+\.[a-z]+$/) }), { a: 'x' }, ['bad_edge_end a {"text":"x"}']],
  ['another form', z.object({ a: z.email() }), { a: 'x' }, ['bad_format a {"text":"x"}']],
  ['too small a number', z.object({ a: z.number().min(2) }), { a: 1 }, ['too_small a {"limit":2}']],
  ['too big a number', z.object({ a: z.number().max(2) }), { a: 3 }, ['too_big a {"limit":2}']],
  ['too short a text', z.object({ a: z.string().min(2) }), { a: 'x' }, ['too_short a {"limit":2}']],
  ['too long a text', z.object({ a: z.string().max(2) }), { a: 'xyz' }, ['too_long a {"limit":2}']],
  ['too few entries', z.object({ a: z.array(z.any()).min(1) }), { a: [] }, ['too_few a {"limit":1}']],
  ['too many entries', z.object({ a: z.array(z.any()).max(1) }), { a: [1, 2] }, ['too_many a {"limit":1}']],
  ['neither of two', z.object({ a: z.union([z.string(), z.number()]) }), { a: true }, ['bad_value a {}']],
  ['a rule of its own', z.object({ a: z.string().refine(() => false) }), { a: 'x' }, ['bad_value a {}']],
  ['entries deep inside', z.object({ a: z.array(z.object({ b: id })) }), { a: [{ b: 'ok' }, { b: '1' }] }, ['bad_id a/1/b {"text":"1"}']],
])('%s', (_, schema, value, expected) => {
  expect(issues(schema, value)).toEqual(expected);
});

test('an id that a schema refuses among its named things is taken', () => {
  const unique = z.array(z.object({ id })).superRefine((items, context) => {
    if (items[0]?.id === items[1]?.id) context.addIssue({ code: 'custom', message: 'English', path: [1, 'id'] });
  });
  expect(issues(unique, [{ id: 'a' }, { id: 'a' }])).toEqual(['id_taken 1/id {"id":"a"}']);
});

test('what a hostile document says is told in part', () => {
  const [issue] = issues(z.strictObject({}), { ['x'.repeat(10_000)]: 1 });
  const { params } =
    shapeIssues(z.object({ a: id }).safeParse({ a: 'Y'.repeat(10_000) }).error ?? new z.ZodError([]), { a: 'Y'.repeat(10_000) })[0] ?? {};
  expect(issue?.length).toBeGreaterThan(10_000);
  expect(String(params?.['text']).length).toBe(200);
});

test('an issue becomes a problem with its node or edge', () => {
  expect(issueProblem({ code: 'too_big', path: ['labels', 0], params: { limit: 3 } }, ['nodes', 'sort', 'config'])).toEqual({
    code: 'too_big',
    severity: 'error',
    pointer: '/nodes/sort/config/labels/0',
    node: 'sort',
    params: { limit: 3 },
  });
  expect(issueProblem({ code: 'bad_edge_end', path: ['edges', 4, 'to'], params: {} })).toMatchObject({ pointer: '/edges/4/to', edge: 4 });
  expect(issueProblem({ code: 'missing_field', path: ['name'], params: {} })).toEqual({
    code: 'missing_field',
    severity: 'error',
    pointer: '/name',
    params: {},
  });
});
