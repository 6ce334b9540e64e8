import * as fc from 'fast-check';
import { expect, test } from 'vitest';
import type { FlowDocument } from './document.ts';
import { printFlow } from './print.ts';
import { arbitraryFlow } from './testing/arbitrary-flow.ts';
import { sampleFlow } from './testing/sample-flow.ts';

/** Lines that are in one text and not in the other, both ways. */
function differing(before: string, after: string): { gone: string[]; come: string[] } {
  const [a, b] = [before.split('\n'), after.split('\n')];
  return { gone: a.filter((line) => !b.includes(line)), come: b.filter((line) => !a.includes(line)) };
}

test('prints small parts in one line and nodes field by field', () => {
  const text = printFlow(sampleFlow());
  expect(text).toContain(
    '  "name": "Support triage",\n  "nodes": {\n    "ticket": {\n      "type": "input",\n      "config": {\n        "fields": [\n',
  );
  expect(text).toContain('\n    { "from": "sort.refund", "to": "draft.ticket" },\n');
  expect(text).toContain('\n    "sort": { "x": 320, "y": 0 },\n');
  expect(text.endsWith('}\n')).toBe(true);
  expect(JSON.parse(text)).toEqual(sampleFlow());
});

test('a four-node flow is under 3 kB', () => {
  expect(new TextEncoder().encode(printFlow(sampleFlow())).length).toBeLessThan(3_000);
});

test('a change of one field is a change of one line', () => {
  const before = printFlow(sampleFlow());
  const edits: ((flow: FlowDocument) => void)[] = [
    (flow) => Object.assign(flow.nodes['draft']?.config ?? {}, { template: `A much longer text. ${'word '.repeat(100)}` }),
    (flow) => Object.assign(flow.nodes['sort'] ?? {}, { title: '它是关于什么的？' }),
    (flow) => Object.assign(flow.layout['sort'] ?? {}, { x: 321.5 }),
    (flow) => Object.assign(flow.edges[1] ?? {}, { to: 'draft.other_ticket' }),
    (flow) => Object.assign(flow, { name: 'Another name' }),
    (flow) => Object.assign(flow.examples?.[0]?.inputs ?? {}, { text: 'Something else' }),
  ];
  for (const edit of edits) {
    const flow = sampleFlow();
    edit(flow);
    const { gone, come } = differing(before, printFlow(flow));
    expect([gone.length, come.length]).toEqual([1, 1]);
  }
});

test('moving a node touches its place alone, wherever it stands in the layout', () => {
  const flow = sampleFlow();
  const { draft, ...others } = flow.layout;
  flow.layout = { ...others, draft: { ...draft, x: 1, y: 2 } };
  expect(differing(printFlow(sampleFlow()), printFlow(flow))).toEqual({
    gone: ['    "draft": { "x": 640, "y": 0 },'],
    come: ['    "draft": { "x": 1, "y": 2 },'],
  });
});

test('what says nothing is left out', () => {
  const flow = sampleFlow();
  Object.assign(flow, { description: '', examples: [] });
  Object.assign(flow.nodes['draft'] ?? {}, { v: 1, title: '', note: '', bypass: false, values: {}, fanIn: {}, onError: { rule: 'stop' } });
  const plain = sampleFlow();
  delete plain.examples;
  expect(printFlow(flow)).toBe(printFlow(plain));
});

test('places without a node are kept, after the others', () => {
  const flow = sampleFlow();
  flow.layout = { gone: { x: 1, y: 1, collapsed: true, width: 20 }, ...flow.layout };
  expect(printFlow(flow)).toContain('"answer": { "x": 960, "y": 0 },\n    "gone": { "x": 1, "y": 1, "width": 20, "collapsed": true }\n');
});

test('is JSON on any flow, whatever its order of keys', () => {
  fc.assert(
    fc.property(arbitraryFlow, (flow) => {
      const { layout, edges, nodes, name, version, format, ...rest } = flow;
      const shuffled: FlowDocument = { layout, ...rest, edges, nodes, name, version, format };
      expect(printFlow(shuffled)).toBe(printFlow(flow));
      expect(JSON.parse(printFlow(flow))).toEqual(flow);
    }),
  );
});

test('the whole text, as it stands in a repository', () => {
  const flow = sampleFlow();
  Object.assign(flow, { description: 'Answers mail.' });
  Object.assign(flow.nodes['draft'] ?? {}, {
    v: 2,
    parent: 'sort',
    values: { tone: 'kind', names: ['Ada', 'Lin'] },
    fanIn: { ticket: 'first' },
    onError: { rule: 'retry', tries: 3 },
    bypass: true,
    note: 'Twice\nas kind.',
  });
  flow.nodes['sort'] = { type: 'note', config: {} };
  expect(printFlow(flow)).toBe(`{
  "format": "patchbay/flow",
  "version": 1,
  "name": "Support triage",
  "description": "Answers mail.",
  "nodes": {
    "ticket": {
      "type": "input",
      "config": {
        "fields": [
          { "id": "text", "title": "Message", "type": "text", "required": true, "example": "Where is my refund?" }
        ]
      }
    },
    "sort": {
      "type": "note",
      "config": {}
    },
    "draft": {
      "type": "prompt",
      "v": 2,
      "parent": "sort",
      "config": {
        "template": "Answer kindly: {{ticket}}"
      },
      "values": {
        "tone": "kind",
        "names": ["Ada", "Lin"]
      },
      "fanIn": { "ticket": "first" },
      "onError": { "rule": "retry", "tries": 3 },
      "bypass": true,
      "note": "Twice\\nas kind."
    },
    "answer": {
      "type": "output",
      "config": {
        "fields": [
          { "id": "reply", "title": "Reply", "type": "text" }
        ]
      }
    }
  },
  "edges": [
    { "from": "ticket.text", "to": "sort.text" },
    { "from": "sort.refund", "to": "draft.ticket" },
    { "from": "draft.text", "to": "answer.reply" }
  ],
  "layout": {
    "ticket": { "x": 0, "y": 0 },
    "sort": { "x": 320, "y": 0 },
    "draft": { "x": 640, "y": 0 },
    "answer": { "x": 960, "y": 0 }
  },
  "examples": [
    {
      "name": "A refund",
      "inputs": { "text": "Where is my refund?" }
    }
  ]
}
`);
});
