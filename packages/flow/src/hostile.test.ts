import * as fc from 'fast-check';
import { expect, test } from 'vitest';
import { describeProblem } from './describe.ts';
import { type FlowDocument, flowLimits } from './document.ts';
import { checkGraph } from './graph.ts';
import { locales } from './problem.ts';
import { parseFlow } from './read.ts';

/** Documents as someone would write them who means harm; each gets a list of problems, and none takes the house along. */
const head = '"format":"patchbay/flow","version":1,"name":"x"';
const big = 9_000_000;
const hostile: Record<string, () => string> = {
  nothing: () => '',
  'a hundred thousand nodes': () =>
    `{${head},"nodes":{${Array.from({ length: 100_000 }, (_, index) => `"n${index}":{"type":"text","config":{}}`).join(',')}},"edges":[],"layout":{}}`,
  'a hundred thousand edges': () =>
    `{${head},"nodes":{},"layout":{},"edges":[${'{"from":"a.b","to":"c.d"},'.repeat(99_999)}{"from":"a.b","to":"c.d"}]}`,
  'a text of nine megabytes': () =>
    `{${head},"nodes":{"a":{"type":"text","title":"${'x'.repeat(big)}","config":{}}},"edges":[],"layout":{}}`,
  'nine megabytes of escapes': () =>
    `{${head},"nodes":{"a":{"type":"text","note":"${'\\n'.repeat(big / 2)}","config":{}}},"edges":[],"layout":{}}`,
  'nine megabytes of brackets': () => '['.repeat(big),
  'nine megabytes of zeros': () => `[${'0,'.repeat(big / 2)}0]`,
  'nine megabytes of records': () => `[${'{},'.repeat(big / 3)}0]`,
  'nine megabytes of spaces': () => `${' '.repeat(big)}x`,
  'nine megabytes of lines': () => `{${'\n'.repeat(big)}`,
  'nine megabytes of digits': () => '9'.repeat(big),
  'nine megabytes of backslashes': () => `"${'\\'.repeat(big)}`,
  'a key of nine megabytes': () => `{"${'k'.repeat(big)}":1}`,
  'a million duplicate keys': () => `{${'"a":0,'.repeat(1_000_000)}"a":0}`,
  'duplicate ids': () => `{${head},"nodes":{"a":{"type":"text","config":{}},"a":{"type":"text","config":{}}},"edges":[],"layout":{}}`,
  'an id of __proto__': () => `{${head},"nodes":{"__proto__":{"type":"text","config":{}}},"edges":[],"layout":{}}`,
  'a config under __proto__': () => `{${head},"nodes":{"a":{"type":"text","config":{"__proto__":{"polluted":1}}}},"edges":[],"layout":{}}`,
  'positions that are no numbers': () => `{${head},"nodes":{},"edges":[],"layout":{"a":{"x":NaN,"y":1}}}`,
  'positions beyond all numbers': () => `{${head},"nodes":{},"edges":[],"layout":{"a":{"x":1e999,"y":1}}}`,
  'a config of a hundred and one levels': () =>
    `{${head},"nodes":{"a":{"type":"text","config":{"a":${'['.repeat(101)}${']'.repeat(101)}}}},"edges":[],"layout":{}}`,
  'wrong types everywhere': () => '{"format":"patchbay/flow","version":1,"name":[],"nodes":[],"edges":{},"layout":"x","examples":1}',
  'eleven megabytes': () => ' '.repeat(11 * 1024 * 1024),
};

test.each(Object.keys(hostile))('%s gets a list of problems with places and sentences', { timeout: 120_000 }, (name) => {
  const { flow, problems } = parseFlow(hostile[name]?.() ?? '');
  expect(flow).toBeUndefined();
  expect(problems.length).toBeGreaterThan(0);
  expect(problems.length).toBeLessThanOrEqual(501);
  expect(problems[0]?.code === 'too_large' || Number(problems[0]?.params['line']) >= 1).toBe(true);
  for (const locale of locales) for (const problem of problems) expect(describeProblem(problem, locale).length).toBeLessThan(400);
  expect(JSON.stringify(problems).length).toBeLessThan(200_000);
  expect(Object.hasOwn(Object.prototype, 'polluted')).toBe(false);
});

test('a document at its limits is read', { timeout: 120_000 }, () => {
  const ids = Array.from({ length: flowLimits.nodes }, (_, index) => `n${index}`);
  const flow: FlowDocument = {
    format: 'patchbay/flow',
    version: 1,
    name: 'Full',
    nodes: Object.fromEntries(ids.map((id) => [id, { type: 'text', config: { template: id } }])),
    edges: Array.from({ length: flowLimits.edges }, (_, index) => ({ from: `n${index % 1_999}.text`, to: `n1999.p${index}` })),
    layout: Object.fromEntries(ids.map((id, index) => [id, { x: index, y: 1 - index }])),
  };
  expect(parseFlow(JSON.stringify(flow))).toEqual({ flow, problems: [] });
  expect(checkGraph(flow)).toEqual([]);
});

test('a text that can be no document ends at its first fault', () => {
  fc.assert(
    fc.property(fc.constantFrom('{', '[', '"', '\\', '{"a":', '[{'), fc.integer({ min: 1_000, max: 20_000 }), (piece, times) => {
      expect(parseFlow(piece.repeat(times)).problems.length).toBe(1);
    }),
    { numRuns: 50 },
  );
});
