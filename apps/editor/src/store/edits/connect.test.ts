import { catalogue } from '@patchbay/nodes';
import { expect, test } from 'vitest';
import { sampleFlow } from '../testing.ts';
import { ancestorsOf, connect, judgeConnection, possibleSources } from './connect.ts';
import { bestSource, bestTarget, connectToNode, convertersFor, fittingTypes } from './targets.ts';

const flow = sampleFlow();
/** The sample with an image and a number question, and a number answer. */
const mixed = () => {
  const next = sampleFlow();
  const fields = [
    { id: 'text', title: 'Message', type: 'text', required: true },
    { id: 'photo', title: 'Photo', type: 'image', required: false },
    { id: 'count', title: 'Count', type: 'number', required: false },
  ];
  next.nodes['ticket'] = { type: 'input', config: { fields } };
  next.nodes['answer'] = {
    type: 'output',
    config: {
      fields: [
        { id: 'reply', title: 'Reply', type: 'text' },
        { id: 'sum', title: 'Sum', type: 'number' },
      ],
    },
  };
  return next;
};

test('a wire of fitting types to a free port is fine', () => {
  expect(judgeConnection(mixed(), catalogue, 'ticket.count', 'answer.sum')).toEqual({ kind: 'fine', conversion: 'same' });
});
test('a refusal names both types', () => {
  expect(judgeConnection(mixed(), catalogue, 'ticket.photo', 'answer.sum')).toEqual({
    kind: 'refused',
    reason: 'types',
    fromType: 'image',
    toType: 'number',
  });
});
test('a value into text is converted, and says by which rule', () => {
  const free = { ...mixed(), edges: [] };
  expect(judgeConnection(free, catalogue, 'ticket.count', 'answer.reply')).toEqual({ kind: 'fine', conversion: 'value-to-text' });
});
test('a second wire asks; a wire that is there is there', () => {
  expect(judgeConnection(flow, catalogue, 'draft.text', 'answer.reply').kind).toBe('taken');
  expect(judgeConnection(flow, catalogue, 'reply.text', 'answer.reply').kind).toBe('exists');
});
test('no circles, no self, nothing missing', () => {
  expect(judgeConnection(flow, catalogue, 'reply.text', 'draft.ticket')).toEqual({ kind: 'refused', reason: 'cycle' });
  expect(judgeConnection(flow, catalogue, 'reply.text', 'reply.prompt')).toEqual({ kind: 'refused', reason: 'self' });
  expect(judgeConnection(flow, catalogue, 'constructor.text', 'reply.prompt')).toEqual({ kind: 'refused', reason: 'missing' });
});

test('the four choices for a second wire', () => {
  const after = (choice: 'replace' | 'first' | 'list' | 'text') => {
    const draft = sampleFlow();
    connect(draft, 'draft.text', 'answer.reply', choice);
    return { into: draft.edges.filter((edge) => edge.to === 'answer.reply').map((edge) => edge.from), rule: draft.nodes['answer']?.fanIn };
  };
  expect(after('replace')).toEqual({ into: ['draft.text'], rule: undefined });
  for (const rule of ['first', 'list', 'text'] as const) {
    expect(after(rule)).toEqual({ into: ['reply.text', 'draft.text'], rule: { reply: rule } });
  }
});
test('a literal gives way to a wire', () => {
  const draft = { ...sampleFlow(), edges: [] };
  draft.nodes['reply'] = { type: 'model', config: {}, values: { prompt: 'Hello' } };
  connect(draft, 'draft.text', 'reply.prompt');
  expect(draft.nodes['reply'].values).toBeUndefined();
});

test('a drop on a card takes the best port: free, exact, required', () => {
  const free = { ...sampleFlow(), edges: [] };
  expect(bestTarget(free, catalogue, 'draft.text', 'reply')).toEqual({ kind: 'port', to: 'reply.prompt', taken: false });
  expect(bestSource(free, catalogue, 'reply.prompt', 'ticket')).toBe('ticket.text');
  expect(bestTarget(mixed(), catalogue, 'ticket.count', 'answer')).toEqual({ kind: 'port', to: 'answer.sum', taken: false });
  expect(bestTarget(flow, catalogue, 'reply.text', 'draft')).toBeNull();
});
test('a drop on a prompt whose chips are wired writes a chip: text, port and wire', () => {
  const draft = sampleFlow();
  draft.nodes['other'] = { type: 'input', config: { fields: [{ id: 'name', title: 'Name', type: 'text' }] } };
  expect(connectToNode(draft, catalogue, 'other.name', 'draft')).toBe(true);
  expect(draft.nodes['draft']?.config['template']).toBe('Answer: {{ticket}}\n{{name}}');
  expect(draft.edges).toContainEqual({ from: 'other.name', to: 'draft.name' });
});

test('what may come after a text: no notes, no inputs, the end of the flow last of its kind', () => {
  const types = fittingTypes(catalogue, { takes: 'text' }).map((one) => one.type);
  expect(types).toEqual(expect.arrayContaining(['model', 'prompt', 'translate', 'output']));
  expect(types).not.toContain('note');
  expect(types).not.toContain('input');
  expect(types.indexOf('model')).toBeLessThan(types.indexOf('output'));
});
test('a converter is offered only where one exists', () => {
  expect(convertersFor(catalogue, 'image', 'number')).toEqual([]);
  expect(convertersFor(catalogue, 'text', 'choice').map((one) => one.type)).toContain('classify');
});

test('ancestors and possible sources', () => {
  expect(ancestorsOf(flow, 'reply')).toEqual(['ticket', 'draft']);
  expect(possibleSources(flow, catalogue, 'draft')).toEqual(['ticket.text']);
});
