import type { ChatResult } from '@patchbay/models';
import { createManualClock } from '@patchbay/testing';
import { expect, test } from 'vitest';
import { type AnswerStore, type Answers, createAnswers, type StoredAnswer } from './answers.ts';

const usage = { inputTokens: 1, outputTokens: 2, costUsd: 0.5, estimated: false };
const answer = (text: string, more: Partial<ChatResult> = {}): ChatResult => ({
  text,
  finishReason: 'stop',
  usage,
  model: 'm',
  simulated: false,
  ...more,
});
const place = (key: string, signal = new AbortController().signal) => ({ workspaceId: 'ws', key, signal });
const hour = 3_600_000;

/** Takes the duty; fails where the answer is known. */
async function lead(answers: Answers, key: string) {
  const taken = await answers.take(place(key));
  if (taken.known !== undefined) throw new Error('it is known');
  return taken;
}

function memoryStore(): AnswerStore & { rows: Map<string, StoredAnswer> } {
  const rows = new Map<string, StoredAnswer>();
  return {
    rows,
    read: async (workspaceId, key, now) => {
      const row = rows.get(`${workspaceId} ${key}`);
      return row !== undefined && row.expiresAt > now ? row : undefined;
    },
    write: async (workspaceId, key, stored) => void rows.set(`${workspaceId} ${key}`, stored),
  };
}

test('an answer is given again until its time is over', async () => {
  const clock = createManualClock();
  const answers = createAnswers({ now: clock.now });
  (await lead(answers, 'a')).keep(answer('Hello'), hour);
  expect(await answers.take(place('a'))).toEqual({ known: answer('Hello') });
  expect((await answers.take(place('b'))).known).toBeUndefined();
  clock.advance(hour);
  expect((await answers.take(place('a'))).known).toBeUndefined();
});

test('it outlives the process where there is a store', async () => {
  const clock = createManualClock();
  const store = memoryStore();
  const simulated = answer('Hello', { simulated: true });
  (await lead(createAnswers({ store, now: clock.now }), 'a')).keep(simulated, hour);
  expect(await createAnswers({ store, now: clock.now }).take(place('a'))).toEqual({ known: simulated });
  clock.advance(hour);
  expect((await createAnswers({ store, now: clock.now }).take(place('a'))).known).toBeUndefined();
});

test('a store in trouble costs a call, never a failure', async () => {
  const troubles: string[] = [];
  const broken = { read: () => Promise.reject(new Error('disk')), write: () => Promise.reject(new Error('disk')) };
  const answers = createAnswers({ store: broken, now: Date.now, onTrouble: (code) => troubles.push(code) });
  (await lead(answers, 'a')).keep(answer('Hello'), hour);
  expect((await answers.take(place('a'))).known?.text).toBe('Hello');
  await expect.poll(() => troubles).toEqual(['answer_read', 'answer_write']);
});

test('equal calls at once are one: the others wait for its answer', async () => {
  const answers = createAnswers({ now: Date.now });
  const first = await lead(answers, 'a');
  const others = [1, 2, 3].map(() => answers.take(place('a')));
  first.keep(answer('Hello'), hour);
  for (const other of others) expect((await other).known?.text).toBe('Hello');
});

test('where the one who calls fails, one of the waiting takes its place, and the rest wait on', async () => {
  const answers = createAnswers({ now: Date.now });
  const first = await lead(answers, 'a');
  const seconds = [answers.take(place('a')), answers.take(place('a'))];
  first.keep();
  const second = await Promise.race(seconds);
  expect(second.known).toBeUndefined();
  if (second.known === undefined) second.keep(answer('At last'), hour);
  const given = await Promise.all(seconds);
  expect(given.filter(({ known }) => known?.text === 'At last')).toHaveLength(1);
});

test('who waits and is stopped waits no longer', async () => {
  const answers = createAnswers({ now: Date.now });
  const first = await lead(answers, 'a');
  const stopping = new AbortController();
  const waiting = answers.take(place('a', stopping.signal));
  stopping.abort();
  await expect(waiting).rejects.toMatchObject({ errorClass: 'cancelled' });
  first.keep();
  await expect(answers.take(place('a', stopping.signal))).resolves.toHaveProperty('keep');
});

test.each([
  ['cut off at its longest', answer('Hel', { finishReason: 'length' })],
  ['filtered', answer('Hel', { finishReason: 'content_filter' })],
  ['longer than is kept', answer('x'.repeat(600_000))],
])('an answer that was %s is not kept', async (_name, given) => {
  const answers = createAnswers({ now: Date.now });
  (await lead(answers, 'a')).keep(given, hour);
  expect((await answers.take(place('a'))).known).toBeUndefined();
});

test('memory is bounded by size: the oldest go first', async () => {
  const answers = createAnswers({ now: Date.now });
  for (let index = 0; index < 60; index += 1) (await lead(answers, `k${index}`)).keep(answer('x'.repeat(400_000)), hour);
  const known = await Promise.all(
    Array.from({ length: 60 }, async (_, index) => (await answers.take(place(`k${index}`))).known !== undefined),
  );
  expect(known.at(-1)).toBe(true);
  expect(known[0]).toBe(false);
  expect(known.filter(Boolean).length).toBeLessThan(45);
});

test('what is renewed replaces what was known', async () => {
  const answers = createAnswers({ now: Date.now });
  (await lead(answers, 'a')).keep(answer('bad'), hour);
  answers.renew(place('a')).keep(answer('good'), hour);
  expect((await answers.take(place('a'))).known?.text).toBe('good');
});
