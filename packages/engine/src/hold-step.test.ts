import { StepError } from '@patchbay/node-kit';
import { expect, test } from 'vitest';
import { startRun } from './start-run.ts';
import { createFakeWorld } from './testing/fake-world.ts';
import { flowOf, nodeType, planOf, settle } from './testing/flow-of.ts';

const flow = flowOf({ in: 'start', call: 'call', ask: 'ask', out: 'end' }, [
  'in.text > call.text',
  'call.text > ask.text',
  'ask.text > out.result',
]);

function held(before: (scope: string, node: string) => Promise<void> | undefined) {
  const made: string[] = [];
  const node = (type: string, repeatable: boolean) => ({
    ...nodeType(type, { in: ['text'], out: ['text'] }, ({ inputs }) => {
      made.push(type);
      return { text: `${String(inputs['text'])}!` };
    }),
    repeatable,
  });
  const plan = planOf(flow, node('call', false), node('ask', true));
  const run = startRun(plan, { text: 'hi' }, { world: createFakeWorld(), runId: 'r', before });
  return { run, made };
}

test('a step that must not run twice waits for its note; the others are not asked', async () => {
  const asked: string[] = [];
  const noted = Promise.withResolvers<void>();
  const { run, made } = held((scope, node) => {
    asked.push(`${scope}/${node}`);
    return noted.promise;
  });
  await new Promise((resolve) => setImmediate(resolve));
  expect([asked, made]).toEqual([['/call'], []]);
  noted.resolve();
  expect(await run.result).toMatchObject({ status: 'succeeded', outputs: { result: 'hi!!' } });
  expect([asked, made]).toEqual([['/call'], ['call', 'ask']]);
});

test('without a note to make it starts at once', async () => {
  const { run, made } = held(() => undefined);
  expect((await run.result).status).toBe('succeeded');
  expect(made).toEqual(['call', 'ask']);
});

test('a note that cannot be made fails the run before anything is done', async () => {
  const { run, made } = held(() => Promise.reject(Object.assign(new Error('full'), { errorClass: 'internal', reason: 'not_noted' })));
  expect(await run.result).toMatchObject({ status: 'failed', error: { reason: 'not_noted', node: 'call' } });
  expect(made).toEqual([]);
});

test('a run that is cancelled meanwhile executes nothing', async () => {
  const noted = Promise.withResolvers<void>();
  const { run, made } = held(() => noted.promise);
  await new Promise((resolve) => setImmediate(resolve));
  run.cancel('asked');
  noted.resolve();
  expect((await run.result).status).toBe('cancelled');
  await new Promise((resolve) => setImmediate(resolve));
  expect(made).toEqual([]);
});

test('a step whose stream breaks while its note is made is not executed when the note is there', async () => {
  const noted = Promise.withResolvers<void>();
  let executed = 0;
  const cut = nodeType('cut', { out: ['text~'] }, async function* () {
    yield { port: 'text', text: 'part' };
    await settle();
    throw new StepError('provider_unavailable', 'stream_cut');
  });
  const send = {
    ...nodeType('send', { in: ['text~'], out: ['text'] }, () => {
      executed += 1;
      return { text: 'sent' };
    }),
    repeatable: false,
  };
  const broken = flowOf({ cut: { type: 'cut', onError: { rule: 'error-output' } }, send: 'send', out: 'both' }, [
    'cut.text > send.text',
    'send.text > out.a',
    'cut.error > out.b',
  ]);
  const run = startRun(planOf(broken, cut, send), {}, { world: createFakeWorld(), runId: 'r', before: () => noted.promise });
  for (let turn = 0; turn < 3; turn += 1) await settle();
  noted.resolve();
  expect(await run.result).toMatchObject({ status: 'succeeded', outputs: { b: { class: 'provider_unavailable' } } });
  await settle();
  expect(executed).toBe(0);
});

test('a step that fails after its note is followed by what its rule says', async () => {
  const send = {
    ...nodeType('send', { out: ['text'] }, () => {
      throw new StepError('auth', 'key_rejected');
    }),
    repeatable: false,
  };
  const ruled = flowOf({ send: { type: 'send', onError: { rule: 'fallback-value', values: { text: 'instead' } } }, out: 'end' }, [
    'send.text > out.result',
  ]);
  const run = startRun(planOf(ruled, send), {}, { world: createFakeWorld(), runId: 'r', before: () => Promise.resolve() });
  expect(await run.result).toMatchObject({ status: 'succeeded', outputs: { result: 'instead' } });
});
