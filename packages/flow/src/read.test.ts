import * as fc from 'fast-check';
import { expect, test } from 'vitest';
import { flowLimits } from './document.ts';
import { printFlow } from './print.ts';
import { locateProblems, parseFlow, readFlow } from './read.ts';
import { arbitraryFlow, arbitraryJson } from './testing/arbitrary-flow.ts';
import { sampleFlow } from './testing/sample-flow.ts';

/** The sample as JSON with a change made to it. */
function changed(change: (document: Record<string, never> & ReturnType<typeof sampleFlow>) => void): unknown {
  const document = JSON.parse(JSON.stringify(sampleFlow())) as Record<string, never> & ReturnType<typeof sampleFlow>;
  change(document);
  return document;
}
const found = (value: unknown) => readFlow(value).problems.map((problem) => `${problem.code} ${problem.pointer}`);

test('reads the sample, from text and from a value', () => {
  expect(readFlow(sampleFlow())).toEqual({ flow: sampleFlow(), problems: [] });
  expect(parseFlow(JSON.stringify(sampleFlow()))).toEqual({ flow: sampleFlow(), problems: [] });
});

test('parse after print is the same flow, and print after parse the same text', { timeout: 120_000 }, () => {
  fc.assert(
    fc.property(arbitraryFlow, (flow) => {
      const text = printFlow(flow);
      const reading = parseFlow(text);
      expect(reading).toEqual({ flow, problems: [] });
      expect(Object.keys(reading.flow?.nodes ?? {})).toEqual(Object.keys(flow.nodes));
      expect(reading.flow && printFlow(reading.flow)).toBe(text);
    }),
    { numRuns: 300 },
  );
});

test('every fault of the shape has its pointer', () => {
  expect(found(changed((document) => Object.assign(document.nodes['draft'] ?? {}, { type: 'Prompt', colour: 1, note: 7 })))).toEqual([
    'bad_id /nodes/draft/type',
    'wrong_type /nodes/draft/note',
    'unknown_field /nodes/draft/colour',
  ]);
  expect(found(changed((document) => Object.assign(document.edges[1] ?? {}, { from: 'sort', to: 3 })))).toEqual([
    'bad_edge_end /edges/1/from',
    'wrong_type /edges/1/to',
  ]);
  expect(found(changed((document) => Object.assign(document.layout, { draft: { x: 'left' } })))).toEqual([
    'wrong_type /layout/draft/x',
    'missing_field /layout/draft/y',
  ]);
  expect(found(changed((document) => Object.assign(document.nodes, { 'Not An Id': { type: 'text', config: {} } })))).toEqual([
    'bad_id /nodes/Not An Id',
  ]);
  expect(found(changed((document) => Object.assign(document, { name: '' })))).toEqual(['too_short /name']);
  expect(found(changed((document) => Object.assign(document, { name: 'x'.repeat(201) })))).toEqual(['too_long /name']);
  expect(found(changed((document) => Object.assign(document.nodes['sort'] ?? {}, { onError: { rule: 'pray', tries: 99 } })))).toEqual([
    'not_an_option /nodes/sort/onError/rule',
    'too_big /nodes/sort/onError/tries',
  ]);
  expect(found(changed((document) => Object.assign(document.nodes['sort'] ?? {}, { fanIn: { text: 'best' } })))).toEqual([
    'not_an_option /nodes/sort/fanIn/text',
  ]);
});

test('problems of text carry node, edge, line and column', () => {
  const text = printFlow(sampleFlow()).replace('"type": "prompt"', '"type": "Prompt"').replace('"to": "draft.ticket"', '"to": "draft"');
  expect(parseFlow(text).problems).toEqual([
    { code: 'bad_id', severity: 'error', pointer: '/nodes/draft/type', node: 'draft', params: { text: 'Prompt', line: 25, column: 15 } },
    { code: 'bad_edge_end', severity: 'error', pointer: '/edges/1/to', edge: 1, params: { text: 'draft', line: 41, column: 36 } },
  ]);
  expect(parseFlow('{').problems).toMatchObject([{ code: 'not_json', params: { line: 1 } }]);
  expect(parseFlow(text.replace('"sort": {', '"draft": {')).problems).toMatchObject([{ code: 'duplicate_key', pointer: '/nodes/draft' }]);
});

test('problems found later can be given their place in the text', () => {
  const problems = [{ code: 'x', severity: 'error' as const, pointer: '/nodes/draft/config/template', params: {} }];
  locateProblems(printFlow(sampleFlow()), problems);
  expect(problems[0]?.params).toEqual({ line: 27, column: 21 });
});

test('what is no flow, or of another time, is refused with one reason', () => {
  expect(found(null)).toEqual(['not_a_flow ']);
  expect(found([])).toEqual(['not_a_flow ']);
  expect(found({ format: 'n8n' })).toEqual(['not_a_flow /format']);
  expect(found({ format: 'patchbay/flow' })).toEqual(['bad_version /version']);
  expect(found({ ...sampleFlow(), version: 2 })).toEqual(['newer_version /version']);
  expect(found({ format: 'patchbay/flow', version: 1 })).toEqual(
    ['name', 'nodes', 'edges', 'layout'].map((key) => `missing_field /${key}`),
  );
});

test('values JSON cannot carry are refused with their place', () => {
  const cyclic: Record<string, unknown> = {};
  cyclic['self'] = cyclic;
  expect(found(changed((document) => Object.assign(document.layout['draft'] ?? {}, { x: Number.NaN })))).toEqual([
    'not_json_value /layout/draft/x',
  ]);
  expect(found(changed((document) => Object.assign(document.nodes['draft']?.config ?? {}, { at: new Date() })))).toEqual([
    'not_json_value /nodes/draft/config/at',
  ]);
  expect(found(changed((document) => Object.assign(document.nodes['draft']?.config ?? {}, { f: () => 1 })))).toEqual([
    'not_json_value /nodes/draft/config/f',
  ]);
  expect(readFlow(changed((document) => Object.assign(document.nodes['draft']?.config ?? {}, cyclic))).problems[0]?.code).toBe('too_deep');
  expect(found(JSON.parse('{"format":"patchbay/flow","nodes":{"__proto__":{"type":"a"}}}'))).toEqual(['forbidden_key /nodes']);
});

test('constructor is a legal node id', () => {
  const { flow, problems } = readFlow(
    changed((document) => {
      Object.assign(document.nodes, JSON.parse('{"constructor":{"type":"text","config":{"constructor":1}}}'));
    }),
  );
  expect(problems).toEqual([]);
  expect(Object.hasOwn(flow?.nodes ?? {}, 'constructor')).toBe(true);
  expect(flow?.nodes['constructor']?.config).toEqual({ constructor: 1 });
});

test('documents beyond the limits are refused by their counts alone', { timeout: 120_000 }, () => {
  const nodes = Object.fromEntries(Array.from({ length: 100_000 }, (_, index) => [`n${index}`, 7]));
  expect(readFlow({ ...sampleFlow(), nodes }).problems).toEqual([
    { code: 'too_many_nodes', severity: 'error', pointer: '/nodes', params: { count: 100_000, limit: flowLimits.nodes } },
  ]);
  const edges = Array.from({ length: 20_000 }, () => ({ from: 'a.b', to: 'c.d' }));
  expect(parseFlow(JSON.stringify({ ...sampleFlow(), edges })).problems).toMatchObject([
    { code: 'too_many_edges', params: { count: 20_000 } },
  ]);
  expect(found({ ...sampleFlow(), description: 'x'.repeat(11 * 1024 * 1024) })).toEqual(['too_large /description']);
  expect(parseFlow('x'.repeat(11 * 1024 * 1024)).problems[0]?.code).toBe('too_large');
  const many = Object.fromEntries(Array.from({ length: 200_001 }, (_, index) => [`k${index}`, 0]));
  expect(found({ ...sampleFlow(), layout: many })).toEqual(['too_many_keys /layout']);
  const list = Array.from({ length: 1_000_000 }, () => 0);
  expect(readFlow({ ...sampleFlow(), examples: list }).problems[0]?.code).toBe('too_many_values');
  expect(parseFlow(JSON.stringify(list)).problems[0]?.code).toBe('too_many_values');
});

test('a flood of faults is cut, and the cut is told', () => {
  const nodes = Object.fromEntries(Array.from({ length: 2_000 }, (_, index) => [`n${index}`, 7]));
  const { problems } = readFlow({ ...sampleFlow(), nodes });
  expect(problems.length).toBe(501);
  expect(problems.at(-1)).toMatchObject({ code: 'more_problems', params: { count: 1_500 } });
});

test('no value and no text makes reading throw', () => {
  fc.assert(
    fc.property(
      fc.anything({ withBigInt: true, withDate: true, withMap: true, withNullPrototype: true, withSparseArray: true }),
      (value) => {
        const { flow, problems } = readFlow(value);
        expect(flow === undefined).toBe(problems.length > 0);
      },
    ),
  );
  fc.assert(
    fc.property(arbitraryFlow, fc.nat(), arbitraryJson, (flow, at, junk) => {
      const text = printFlow(flow);
      const cut = at % text.length;
      const { flow: read, problems } = parseFlow(text.slice(0, cut) + JSON.stringify(junk) + text.slice(cut));
      expect(read === undefined).toBe(problems.length > 0);
      for (const problem of problems) expect(problem.params['line']).toBeGreaterThan(0);
    }),
  );
});
