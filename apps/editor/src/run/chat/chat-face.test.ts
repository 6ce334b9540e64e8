import type { FlowDocument } from '@patchbay/flow';
import { expect, test } from 'vitest';
import { chatFace } from './chat-face.ts';

const flow = (): Pick<FlowDocument, 'nodes' | 'edges'> => ({
  nodes: { in: { type: 'input', config: {} }, chat: { type: 'chat', config: {} }, out: { type: 'output', config: {} } },
  edges: [
    { from: 'in.text', to: 'chat.message' },
    { from: 'in.talk', to: 'chat.conversation' },
    { from: 'chat.text', to: 'out.reply' },
  ],
});

test('a flow talks whose inputs are the message and the conversation of a Chat step', () => {
  expect(chatFace(flow())).toEqual({ message: 'text', conversation: 'talk', reply: 'reply' });
});

test.each([0, 1, 2])('without one of its wires it does not (%d)', (index) => {
  const { nodes, edges } = flow();
  expect(chatFace({ nodes, edges: edges.toSpliced(index, 1) })).toBeUndefined();
});

test('a step in between, or one that is switched off, is no talk', () => {
  const { nodes, edges } = flow();
  expect(chatFace({ nodes: { ...nodes, in: { type: 'prompt', config: {} } }, edges })).toBeUndefined();
  expect(chatFace({ nodes: { ...nodes, out: { type: 'text', config: {} } }, edges })).toBeUndefined();
  expect(chatFace({ nodes: { ...nodes, chat: { type: 'chat', config: {}, bypass: true } }, edges })).toBeUndefined();
  expect(chatFace({ nodes: {}, edges })).toBeUndefined();
});
