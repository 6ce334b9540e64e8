import { expect, test } from 'vitest';
import type { Json } from './json.ts';
import { readFlow } from './read.ts';
import { sampleFlow } from './testing/sample-flow.ts';

/** The sample with a value set at a path, as `sort/title`. */
function withValue(path: string, value: Json | undefined): unknown {
  const document = JSON.parse(JSON.stringify(sampleFlow())) as Record<string, Json>;
  const keys = path.split('/');
  let target: Record<string, Json> = document;
  for (const key of keys.slice(0, -1)) target = target[key] as Record<string, Json>;
  const last = keys.at(-1) ?? '';
  if (value === undefined) delete target[last];
  else target[last] = value;
  return document;
}

const long = (length: number): string => 'x'.repeat(length);

test.each<[string, Json | undefined, string]>([
  ['name', undefined, 'missing_field'],
  ['name', 7, 'wrong_type'],
  ['name', '', 'too_short'],
  ['name', long(201), 'too_long'],
  ['description', long(10_001), 'too_long'],
  ['extra', true, 'unknown_field'],
  ['nodes', [], 'wrong_type'],
  ['nodes/sort', 'classify', 'wrong_type'],
  ['nodes/sort/type', undefined, 'missing_field'],
  ['nodes/sort/type', 'Classify', 'bad_id'],
  ['nodes/sort/type', long(41), 'bad_id'],
  ['nodes/sort/v', 0, 'too_small'],
  ['nodes/sort/v', 1.5, 'wrong_type'],
  ['nodes/sort/title', long(201), 'too_long'],
  ['nodes/sort/note', long(10_001), 'too_long'],
  ['nodes/sort/parent', 'Not an id', 'bad_id'],
  ['nodes/sort/config', undefined, 'missing_field'],
  ['nodes/sort/config', [], 'wrong_type'],
  ['nodes/sort/values', { 'Bad port': 1 }, 'bad_id'],
  ['nodes/sort/fanIn', { text: 'merge' }, 'not_an_option'],
  ['nodes/sort/onError', {}, 'missing_field'],
  ['nodes/sort/onError', { rule: 'explode' }, 'not_an_option'],
  ['nodes/sort/onError', { rule: 'retry', tries: 0 }, 'too_small'],
  ['nodes/sort/onError', { rule: 'retry', tries: 11 }, 'too_big'],
  ['nodes/sort/onError', { rule: 'retry', backoffMs: 60_001 }, 'too_big'],
  ['nodes/sort/onError', { rule: 'retry', colour: 1 }, 'unknown_field'],
  ['nodes/sort/bypass', 'yes', 'wrong_type'],
  ['edges', {}, 'wrong_type'],
  ['edges/0', 'a > b', 'wrong_type'],
  ['edges/0/from', undefined, 'missing_field'],
  ['edges/0/from', 'ticket', 'bad_edge_end'],
  ['edges/0/from', 'ticket.text.more', 'bad_edge_end'],
  ['edges/0/from', 'ticket.Text', 'bad_edge_end'],
  ['edges/0/id', 'e1', 'unknown_field'],
  ['layout/sort', null, 'wrong_type'],
  ['layout/sort/x', '320', 'wrong_type'],
  ['layout/sort/width', 0, 'too_small'],
  ['layout/sort/height', -1, 'too_small'],
  ['layout/sort/collapsed', 1, 'wrong_type'],
  ['layout/sort/z', 1, 'unknown_field'],
  ['examples', {}, 'wrong_type'],
  ['examples/0/name', '', 'too_short'],
  ['examples/0/inputs', undefined, 'missing_field'],
  ['examples/0/outputs', 3, 'wrong_type'],
])('%s as %j is named: %s', (path, value, code) => {
  const { flow, problems } = readFlow(withValue(path, value));
  expect(flow).toBeUndefined();
  expect(problems.length).toBe(1);
  expect(problems[0]?.code).toBe(code);
  expect(problems[0]?.pointer.startsWith(`/${path}`)).toBe(true);
});

test.each<[string, Json]>([
  ['description', 'Words'],
  ['nodes/sort/v', 2],
  ['nodes/sort/note', '为什么'],
  ['nodes/sort/parent', 'loop'],
  ['nodes/sort/values', { text: null, number: 1.5, list: [1, { a: 'x' }] }],
  ['nodes/sort/fanIn', { text: 'list' }],
  ['nodes/sort/onError', { rule: 'retry', tries: 3, backoffMs: 500 }],
  ['nodes/sort/onError', { rule: 'fallback-value', values: { text: '' } }],
  ['nodes/sort/onError', { rule: 'fallback-model', model: 'openai/gpt-5' }],
  ['nodes/sort/bypass', true],
  ['nodes/sort/config', { anything: [{ goes: null }], constructor: 1, 'Any Key': 'x', '': 0 }],
  ['layout/sort', { x: -0.5, y: 1e6, width: 300, height: 0.1, collapsed: true }],
  ['layout/elsewhere', { x: 0, y: 0 }],
  ['examples/0/outputs', { reply: 'Hello' }],
  ['edges', []],
])('%s as %j is taken as it is', (path, value) => {
  const { flow, problems } = readFlow(withValue(path, value));
  expect(problems).toEqual([]);
  let target: unknown = flow;
  for (const key of path.split('/')) target = (target as Record<string, unknown>)[key];
  expect(target).toEqual(value);
});
