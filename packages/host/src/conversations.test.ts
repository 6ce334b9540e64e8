import type { Conversation, StepHandle } from '@patchbay/node-kit';
import { expect, test } from 'vitest';
import {
  type ConversationStore,
  createConversations,
  createProcessConversations,
  mostExchanges,
  type TalkingFlow,
} from './conversations.ts';

const step = (run: string, signal = new AbortController().signal): StepHandle => ({
  run,
  node: 'chat',
  scope: '',
  attempt: 1,
  signal,
  report: () => {},
});
const dayMs = 86_400_000;

function talks(options: { now?: () => number; store?: ConversationStore } = {}) {
  const of = createConversations(options.store ?? createProcessConversations(options.now ?? (() => 0)));
  return (run: string, flow: TalkingFlow = { id: 'f' }, signal?: AbortSignal) => of(step(run, signal), 'w', flow);
}
async function say(open: Promise<Conversation>, question: string): Promise<Conversation> {
  const talk = await open;
  await talk.add({ question, answer: `${question}!` });
  talk.close();
  return talk;
}
const heard = (talk: Conversation) => talk.exchanges.map(({ number, question, answer }) => `${number} ${question} ${answer}`);

test('remembers what was said under a name, by flow; without a name it begins a new one', async () => {
  const open = talks();
  await say(open('r1').open('guest', dayMs), 'a');
  await say(open('r2').open('guest', dayMs), 'b');
  expect(heard(await open('r3').open('guest', dayMs))).toEqual(['1 a a!', '2 b b!']);
  expect(heard(await open('r4', { id: 'other' }).open('guest', dayMs))).toEqual([]);
  const made = await say(open('r5').open('', dayMs), 'x');
  expect(made.id).toMatch(/^conv_[0-9a-f]{32}$/);
  expect((await open('r6').open('', dayMs)).id).not.toBe(made.id);
});

test('a later attempt of a step has the same new conversation and takes the place of what the former one said', async () => {
  const open = talks();
  const first = await say(open('r1').open('', dayMs), 'a');
  await say(open('r2').open(first.id, dayMs), 'b');
  const again = await open('r1').open('', dayMs);
  expect([again.id, heard(again)]).toEqual([first.id, ['2 b b!']]);
  await again.add({ question: 'A', answer: 'new' });
  again.close();
  expect(heard(await open('r3').open(first.id, dayMs))).toEqual(['1 A new', '2 b b!']);
});

test('one step at a time has a conversation, in the order in which they asked', async () => {
  const open = talks();
  const first = await open('r1').open('guest', dayMs);
  const order: string[] = [];
  const rest = ['r2', 'r3', 'r4'].map(async (run) => {
    const talk = await open(run).open('guest', dayMs);
    order.push(`${run} after ${talk.exchanges.length}`);
    await talk.add({ question: run, answer: '' });
    talk.close();
  });
  expect((await open('r5').open('somebody', dayMs)).exchanges).toEqual([]);
  await first.add({ question: 'r1', answer: '' });
  expect(order).toEqual([]);
  first.close();
  await Promise.all(rest);
  expect(order).toEqual(['r2 after 1', 'r3 after 2', 'r4 after 3']);
});

test('who is stopped while waiting leaves the line, and nobody gets in before the one who has it', async () => {
  const open = talks();
  const first = await open('r1').open('guest', dayMs);
  const abort = new AbortController();
  const stopped = open('r2', undefined, abort.signal).open('guest', dayMs);
  let third = false;
  const last = open('r3')
    .open('guest', dayMs)
    .then((talk) => {
      third = true;
      return talk;
    });
  abort.abort();
  await new Promise((resolve) => setImmediate(resolve));
  expect(third).toBe(false);
  first.close();
  await expect(stopped).rejects.toMatchObject({ errorClass: 'cancelled' });
  (await last).close();
});

test('a step that is stopped lets go of its conversation', async () => {
  const open = talks();
  const abort = new AbortController();
  await open('r1', undefined, abort.signal).open('guest', dayMs);
  const next = open('r2').open('guest', dayMs);
  abort.abort();
  expect((await next).id).toBe('guest');
});

test('too many who wait are refused, and so are names that none can have', async () => {
  const open = talks();
  const first = await open('r0').open('guest', dayMs);
  const waiting = Array.from({ length: 8 }, (_, index) => open(`r${index + 1}`).open('guest', dayMs));
  await expect(open('r9').open('guest', dayMs)).rejects.toMatchObject({ errorClass: 'rate_limited', reason: 'conversation_busy' });
  first.close();
  for (const next of waiting) (await next).close();
  for (const name of ['-x', 'a b', '../etc', 'é', 'x'.repeat(129)])
    await expect(open('r1').open(name, dayMs)).rejects.toMatchObject({ errorClass: 'invalid_input', reason: 'conversation_name' });
});

test('a conversation is forgotten some time after its last message, and keeps so many at most', async () => {
  let now = 0;
  const open = talks({ now: () => now });
  await say(open('r1').open('guest', dayMs), 'a');
  now = dayMs - 1;
  await say(open('r2').open('guest', dayMs), 'b');
  now += dayMs - 1;
  expect((await open('r3').open('guest', dayMs)).exchanges).toHaveLength(2);
  now += 1;
  expect((await open('r4').open('other', dayMs)).exchanges).toHaveLength(0);
  const store = createProcessConversations(() => 0);
  const place = { workspace: 'w', flow: 'f', id: 'long' };
  for (let index = 0; index < mostExchanges + 5; index += 1)
    await store.add(place, { key: `k${index}`, question: '', answer: '' }, { keepMs: 1, summary: undefined, goesOn: false });
  const kept = (await store.read(place))?.exchanges;
  expect([kept?.length, kept?.[0]?.number]).toEqual([mostExchanges, 6]);
});

test('what a flow hides is not kept, what is too long is cut, and a summary stands for what it sums up', async () => {
  const store = createProcessConversations(() => 0);
  const open = talks({ store });
  const hide = (text: string) => text.replaceAll('Ada', '[NAME]');
  const talk = await open('r1', { id: 'f', hide }).open('guest', dayMs);
  await talk.add({ question: 'I am Ada', answer: `Ada${'x'.repeat(200_000)}` });
  await talk.add({ question: 'I am Ada', answer: 'Hello Ada', summary: { text: 'Ada came', upTo: 0 } });
  talk.close();
  const kept = await store.read({ workspace: 'w', flow: 'f', id: 'guest' });
  expect(JSON.stringify(kept)).not.toContain('Ada');
  expect(kept).toMatchObject({ summary: '[NAME] came', summarised: 0, exchanges: [{ question: 'I am [NAME]', answer: 'Hello [NAME]' }] });
  const next = await open('r2').open('guest', dayMs);
  await next.add({ question: 'x'.repeat(200_000), answer: 'y', summary: { text: 'All', upTo: 1 } });
  next.close();
  const last = await open('r3').open('guest', dayMs);
  expect([last.summary, last.exchanges.length, last.exchanges[0]?.question.length]).toEqual(['All', 1, 100_000]);
});

test('a store that is down fails the step and holds nobody up', async () => {
  let down = true;
  const inner = createProcessConversations(() => 0);
  const open = talks({ store: { ...inner, read: (place) => (down ? Promise.reject(new Error('down')) : inner.read(place)) } });
  await expect(open('r1').open('guest', dayMs)).rejects.toThrow('down');
  down = false;
  expect((await open('r2').open('guest', dayMs)).id).toBe('guest');
});
