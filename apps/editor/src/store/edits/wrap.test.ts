import { checkFlow } from '@patchbay/node-kit';
import { catalogue } from '@patchbay/nodes';
import { expect, test } from 'vitest';
import { loopFlow, sampleFlow } from '../testing.ts';
import { boxOf } from './place.ts';
import { circleOf, wrapIn } from './wrap.ts';

const edges = (flow: ReturnType<typeof sampleFlow>) => flow.edges.map((edge) => `${edge.from}>${edge.to}`).sort();

test('steps are wrapped with their wires led through the container', () => {
  const flow = sampleFlow();
  expect(wrapIn(flow, catalogue, 'for_each', ['draft', 'reply'])).toEqual({ id: 'for_each' });
  expect([flow.nodes['draft']?.parent, flow.nodes['reply']?.parent]).toEqual(['for_each', 'for_each']);
  expect(edges(flow)).toEqual([
    'draft.text>reply.prompt',
    'for_each.item>draft.ticket',
    'for_each.results>answer.reply',
    'reply.text>for_each.result',
    'ticket.text>for_each.list',
  ]);
  expect(checkFlow(flow, catalogue).filter((problem) => problem.severity === 'error')).toEqual([]);
  const [frame, before, after] = ['for_each', 'ticket', 'answer'].map((id) => boxOf(flow, catalogue, id));
  expect((before?.x ?? 0) + (before?.width ?? 0)).toBeLessThan(frame?.x ?? 0);
  expect((frame?.x ?? 0) + (frame?.width ?? 0)).toBeLessThan(after?.x ?? 0);
});

test('one step alone gives its first output as the result', () => {
  const flow = sampleFlow();
  flow.edges = [];
  wrapIn(flow, catalogue, 'for_each', ['reply']);
  expect(edges(flow)).toEqual(['reply.text>for_each.result']);
});

test('a wire back makes the steps on its circle repeat, each turn with what came out before', () => {
  const flow = sampleFlow();
  const back = { from: 'reply.text', to: 'draft.ticket' };
  expect(circleOf(flow, catalogue, back)).toEqual(['draft', 'reply']);
  expect(wrapIn(flow, catalogue, 'repeat', circleOf(flow, catalogue, back), back)).toEqual({ id: 'repeat' });
  expect(edges(flow)).toEqual([
    'draft.text>reply.prompt',
    'repeat.previous>draft.ticket',
    'repeat.value>answer.reply',
    'reply.text>repeat.next',
    'ticket.text>repeat.start',
  ]);
});

test('what cannot be wrapped is left as it is, with the reason', () => {
  const flow = loopFlow();
  const before = structuredClone(flow);
  expect(wrapIn(flow, catalogue, 'for_each', ['rows'])).toEqual({ fault: 'end' });
  expect(wrapIn(flow, catalogue, 'for_each', [])).toEqual({ fault: 'end' });
  flow.nodes['other'] = { type: 'text', config: { template: '' } };
  expect(wrapIn(flow, catalogue, 'for_each', ['other', 'name'])).toEqual({ fault: 'apart' });
  delete flow.nodes['other'];
  expect(flow).toEqual(before);
  const two = sampleFlow();
  two.edges.push({ from: 'draft.text', to: 'answer.reply' });
  expect(wrapIn(two, catalogue, 'for_each', ['draft', 'reply'])).toEqual({ fault: 'leaves' });
});

test('a step inside a container is wrapped inside it', () => {
  const flow = loopFlow();
  expect(wrapIn(flow, catalogue, 'repeat', ['name'])).toEqual({ id: 'repeat' });
  expect([flow.nodes['repeat']?.parent, flow.nodes['name']?.parent]).toEqual(['each', 'repeat']);
  expect(edges(flow)).toContain('repeat.value>each.result');
});
