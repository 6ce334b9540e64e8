import { startFakeProvider } from '@patchbay/testing';
import { expect, onTestFinished, test } from 'vitest';
import type { Ctx } from '../context.ts';
import { createFlow } from '../flows/create-flow.ts';
import { createKey } from '../keys/create-key.ts';
import { verifyKey } from '../keys/verify-key.ts';
import { prepareDraftRun, preparePublishedRun } from '../runs/prepare-run.ts';
import { runAsStream } from '../runs/run-as-stream.ts';
import { runToEnd } from '../runs/run-to-end.ts';
import { startDurableRun } from '../runs/start-durable-run.ts';
import { fixture } from '../testing.ts';
import { deleteConversation, deleteDraftConversation, readConversation, readDraftConversation } from './read-conversation.ts';

const long = { timeout: 60_000 };

const talking = (nodes: object = {}, message = 'in.text'): string =>
  JSON.stringify({
    format: 'patchbay/flow',
    version: 1,
    name: 'Talk',
    nodes: {
      in: { type: 'input', config: { fields: [{ id: 'text' }, { id: 'conversation', required: false }] } },
      ...nodes,
      chat: { type: 'chat', config: {} },
      out: { type: 'output', config: { fields: [{ id: 'reply' }, { id: 'conversation' }] } },
    },
    edges: [
      ...(message === 'in.text' ? [] : [{ from: 'in.text', to: `${message.split('.')[0]}.text` }]),
      { from: message, to: 'chat.message' },
      { from: 'in.conversation', to: 'chat.conversation' },
      { from: 'chat.text', to: 'out.reply' },
      { from: 'chat.conversation', to: 'out.conversation' },
    ],
    layout: {},
  });

async function withTalk(text = talking()) {
  const provider = await startFakeProvider();
  onTestFinished(() => provider.close());
  const made = await fixture({ OPENAI_BASE_URL: provider.url, OPENAI_MODEL: 'm' });
  const id = await made.publish(text, 'talk');
  const say = async (text: string, conversation?: string, ctx: Ctx = made.ctx) => {
    const inputs = { text, ...(conversation === undefined ? {} : { conversation }) };
    return runToEnd(ctx, await preparePublishedRun({ ctx, input: { slug: 'talk', body: { inputs } } }));
  };
  const asked = () =>
    provider.calls.map(({ body }) => (body as { messages: { content: string }[] }).messages.map(({ content }) => content));
  return { ...made, id, provider, say, asked };
}
const of = (conversation: string) => ({ slug: 'talk', conversation });
const messages = async (ctx: Ctx, conversation: string) =>
  (await readConversation({ ctx, input: of(conversation) })).messages.map(({ role, content }) => `${role}: ${content}`);

test('a talk goes on from call to call, over a restart, whole and streamed and durable alike', long, async () => {
  const { ctx, say, asked, services, again, id } = await withTalk();
  const first = await say('one');
  const name = String(first.outputs['conversation']);
  expect([first.outputs['reply'], name]).toEqual(['one', expect.stringMatching(/^conv_/)]);
  await say('two', name);
  const prepared = await preparePublishedRun({ ctx, input: { slug: 'talk', body: { inputs: { text: 'three', conversation: name } } } });
  for await (const _ of runAsStream(ctx, prepared));
  await services.close();
  const next: Ctx = { ...ctx, deps: (await again()).deps };
  const body = { inputs: { text: 'four', conversation: name } };
  const durable = await preparePublishedRun({ ctx: next, input: { slug: 'talk', body } });
  const start = await startDurableRun(next, { prepared: durable, body, key: undefined, waits: true, streams: false });
  expect(start.kind === 'started' && (await start.outcome)).toMatchObject({ kind: 'ended', result: { status: 'succeeded' } });
  expect(asked().at(-1)).toEqual(['one', 'one', 'two', 'two', 'three', 'three', 'four']);
  expect(await messages(next, name)).toHaveLength(8);
  expect((await readDraftConversation({ ctx: next, input: { id, conversation: name } })).messages).toHaveLength(8);
});

test('messages of one conversation that come at once are answered one after the other', long, async () => {
  const { ctx, say, asked } = await withTalk();
  await Promise.all(['a', 'b', 'c'].map((text) => say(text, 'guest')));
  expect(asked().map((list) => list.length)).toEqual([1, 3, 5]);
  expect(await messages(ctx, 'guest')).toHaveLength(6);
  const crowd = await Promise.all(Array.from({ length: 14 }, (_, index) => say(`x${index}`, 'crowd')));
  const refused = crowd.filter(({ error }) => error?.reason === 'conversation_busy');
  expect([refused.length, crowd.filter(({ status }) => status === 'succeeded').length]).toEqual([5, 9]);
});

test('a conversation is read and forgotten by those who may call its flow, and is nothing to anybody else', long, async () => {
  const { ctx, say, id, publish } = await withTalk();
  const other = await publish(talking(), 'other');
  await say('hello', 'guest');
  const { key } = await createKey({ ctx, input: { name: 'k', scopes: ['run'], flows: ['other'] } });
  const stranger: Ctx = { ...ctx, ...(await verifyKey({ deps: ctx.deps, key })) };
  await expect(readConversation({ ctx: stranger, input: of('guest') })).rejects.toMatchObject({ code: 'forbidden' });
  await expect(readConversation({ ctx, input: { slug: 'other', conversation: 'guest' } })).rejects.toMatchObject({
    reason: 'no_conversation',
  });
  await expect(readDraftConversation({ ctx: stranger, input: { id: other, conversation: 'guest' } })).rejects.toMatchObject({
    code: 'forbidden',
  });
  await deleteConversation({ ctx, input: of('guest') });
  await expect(deleteConversation({ ctx, input: of('guest') })).rejects.toMatchObject({ reason: 'no_conversation' });
  await say('again', 'guest');
  expect(await messages(ctx, 'guest')).toEqual(['user: again', 'assistant: again']);
  await deleteDraftConversation({ ctx, input: { id, conversation: 'guest' } });
  await expect(readConversation({ ctx, input: of('guest') })).rejects.toMatchObject({ reason: 'no_conversation' });
});

test('a name that no conversation can have fails the step and says so', long, async () => {
  const { say, provider } = await withTalk();
  expect((await say('hello', '../etc')).error).toMatchObject({ class: 'invalid_input', reason: 'conversation_name' });
  expect(provider.calls).toHaveLength(0);
});

test('what a flow masks is not in what it remembers, wherever it came in', long, async () => {
  const marker = 'ada.marker@example.com';
  const { ctx, say, id } = await withTalk(talking({ mask: { type: 'mask', config: {} } }, 'mask.text'));
  await say(`Write to ${marker}`, 'guest');
  const draft = JSON.parse(talking({ mask: { type: 'mask', config: {} } }, 'mask.text'));
  // Wired past its Mask step, a message is still kept without what that step would hide.
  draft.edges = draft.edges.map((edge: { to: string }) => (edge.to === 'chat.message' ? { from: 'in.text', to: 'chat.message' } : edge));
  const past = await createFlow({ ctx, input: { text: JSON.stringify(draft) } });
  const body = { inputs: { text: `Past it: ${marker}`, conversation: 'guest' } };
  expect((await runToEnd(ctx, await prepareDraftRun({ ctx, input: { id: past.id, body } }))).status).toBe('succeeded');
  for (const flow of [id, past.id]) {
    const kept = await readDraftConversation({ ctx, input: { id: flow, conversation: 'guest' } });
    expect(kept.messages).toHaveLength(2);
    expect(JSON.stringify(kept)).not.toContain(marker);
  }
});
