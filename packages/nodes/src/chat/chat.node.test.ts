import type { Conversation, Exchange, Json, NodeContext } from '@patchbay/node-kit';
import { runNode } from '@patchbay/node-kit/testing';
import { expect, test } from 'vitest';
import { scripted } from '../testing/scripted.ts';
import { chatNode } from './chat.node.ts';

type Added = Parameters<Conversation['add']>[0];

/** A conversation with this much behind it. */
function talk(exchanges: Exchange[] = [], summary = '') {
  const added: Added[] = [];
  const opened: [string, number][] = [];
  const closed: string[] = [];
  const conversations: NodeContext['conversations'] = {
    open: async (id, keepMs) => {
      opened.push([id, keepMs]);
      const add = async (said: Added): Promise<void> => void added.push(said);
      return { id: id === '' ? 'conv_new' : id, exchanges, summary, add, close: () => void closed.push(id) };
    },
  };
  return { conversations, added, opened, closed: () => closed.length };
}
const said = (count: number): Exchange[] =>
  Array.from({ length: count }, (_, index) => ({ number: index + 1, question: `q${index + 1}`, answer: `a${index + 1}` }));

async function run(behind: ReturnType<typeof talk>, answers: string[], config: Record<string, Json> = {}, conversation: Json = 'guest') {
  const { ctx, asked } = scripted(answers);
  const { outputs, chunks } = await runNode(chatNode, {
    config,
    inputs: { message: 'And then?', conversation },
    ctx: { ...ctx, conversations: behind.conversations },
  });
  return { outputs, chunks, asked };
}

test('the model reads what was said before, answers in a stream, and both are remembered', async () => {
  const behind = talk(said(2));
  const { outputs, chunks, asked } = await run(behind, ['Then tea.'], { system: 'Be kind.', days: 2 });
  expect(outputs).toEqual({ text: 'Then tea.', conversation: 'guest' });
  expect(chunks).toEqual([{ port: 'text', text: 'Then tea.' }]);
  expect(asked[0]?.messages).toEqual([
    { role: 'system', content: 'Be kind.' },
    { role: 'user', content: 'q1' },
    { role: 'assistant', content: 'a1' },
    { role: 'user', content: 'q2' },
    { role: 'assistant', content: 'a2' },
    { role: 'user', content: 'And then?' },
  ]);
  expect([behind.opened, behind.added, behind.closed()]).toEqual([
    [['guest', 2 * 86_400_000]],
    [{ question: 'And then?', answer: 'Then tea.' }],
    1,
  ]);
});

test('without a name a conversation is begun, and its name is given', async () => {
  const behind = talk();
  for (const none of [null, '', '  ']) expect((await run(behind, ['Yes.'], {}, none)).outputs['conversation']).toBe('conv_new');
  expect(behind.opened.map(([id]) => id)).toEqual(['', '', '']);
});

test('older exchanges are summed up together with what was summed up before, in batches', async () => {
  // Four may be read: with five there is no call yet, with six two have left.
  const five = await run(talk(said(5)), ['Yes.'], { turns: 4 });
  expect(five.asked).toHaveLength(1);
  expect(five.asked[0]?.messages).toHaveLength(11);
  const behind = talk(said(6), 'Ada wants tea.');
  const { asked } = await run(behind, ['Ada wants green tea.', 'Yes.'], { turns: 4 });
  expect(asked).toHaveLength(2);
  expect(asked[0]?.task).toMatchObject({ kind: 'summarize', text: 'Ada wants tea.\n\nUser: q1\nAssistant: a1\n\nUser: q2\nAssistant: a2' });
  expect(asked[1]?.messages[0]?.content).toContain('Ada wants green tea.');
  expect(asked[1]?.messages.map(({ content }) => content).slice(1)).toEqual(['q3', 'a3', 'q4', 'a4', 'q5', 'a5', 'q6', 'a6', 'And then?']);
  expect(behind.added).toEqual([{ question: 'And then?', answer: 'Yes.', summary: { text: 'Ada wants green tea.', upTo: 2 } }]);
});

test('where nothing is summed up, what is older is left out', async () => {
  const behind = talk(said(9), 'Kept.');
  const { asked } = await run(behind, ['Yes.'], { turns: 2, summarize: false });
  expect(asked).toHaveLength(1);
  expect(asked[0]?.messages.map(({ content }) => content)).toEqual([expect.stringContaining('Kept.'), 'q8', 'a8', 'q9', 'a9', 'And then?']);
  expect(behind.added[0]).not.toHaveProperty('summary');
});

test('asked whole it answers whole; an answer that is held back or fails is not remembered, and the conversation is let go', async () => {
  const { ctx } = scripted(['Whole.']);
  const whole = talk();
  const models = { ...ctx.models, whole: true } as NodeContext['models'];
  const inputs = { message: 'Hi', conversation: 'guest' };
  const done = await runNode(chatNode, { inputs, ctx: { models, conversations: whole.conversations } });
  expect([done.outputs, done.chunks, whole.added]).toEqual([
    { text: 'Whole.', conversation: 'guest' },
    [],
    [{ question: 'Hi', answer: 'Whole.' }],
  ]);
  for (const whole of [true, undefined]) {
    const held = talk();
    const filtered = scripted(['x'], { finishReason: 'content_filter' });
    const asked = { ...filtered.ctx.models, whole } as NodeContext['models'];
    await expect(runNode(chatNode, { inputs, ctx: { models: asked, conversations: held.conversations } })).rejects.toMatchObject({
      reason: 'answer_filtered',
    });
    expect([held.added, held.closed()]).toEqual([[], 1]);
  }
});

test('says in a line how much it remembers', () => {
  expect(chatNode.essence({ turns: 4 }, 'en')).toBe('remembers 4');
  expect(chatNode.essence({ turns: 4 }, 'zh-Hans')).toBe('记住 4 轮');
});
