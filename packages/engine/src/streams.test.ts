import { StepError, type TextStream } from '@patchbay/node-kit';
import { expect, test } from 'vitest';
import { flowOf, nodeType, planOf, runToEnd, settle, watch } from './testing/flow-of.ts';

/** Gives `part`, then fails. */
const cut = nodeType('cut', { in: ['text?'], out: ['text~'] }, async function* () {
  yield { port: 'text', text: 'part' };
  await settle();
  throw new StepError('provider_unavailable', 'stream_cut');
});
const upper = nodeType('upper', { in: ['text~'], out: ['text~'] }, async function* ({ inputs }) {
  for await (const chunk of inputs['text'] as TextStream) yield { port: 'text', text: chunk.toUpperCase() };
  return undefined;
});
const echo = nodeType('echo', { in: ['text'], out: ['text'] }, ({ inputs }) => ({ text: String(inputs['text']) }));

test('after a chunk was read there is no retry and no fallback; the output ends incomplete with what came', async () => {
  for (const onError of [
    { rule: 'retry', tries: 3, backoffMs: 0 },
    { rule: 'fallback-value', values: { text: 'instead' } },
  ] as const) {
    const flow = flowOf({ cut: { type: 'cut', onError }, out: 'end' }, ['cut.text > out.result']);
    const { done, of, end } = await runToEnd(planOf(flow, cut));
    expect(done).toMatchObject({ status: 'failed', outputs: {}, error: { class: 'provider_unavailable', node: 'cut' } });
    expect(of('step-retry')).toEqual([]);
    expect(of('output-end')).toEqual([{ type: 'output-end', output: 'result', value: 'part', complete: false }]);
    expect(end('cut')).toMatchObject({ status: 'failed', outputs: { text: 'part' } });
  }
});

test('while nobody can read chunks, retry and fallback still act', async () => {
  const flow = flowOf(
    {
      cut: { type: 'cut', onError: { rule: 'fallback-value', tries: 2, backoffMs: 0, values: { text: 'instead' } } },
      echo: 'echo',
      out: 'end',
    },
    ['cut.text > echo.text', 'echo.text > out.result'],
  );
  const { done, of, end } = await runToEnd(planOf(flow, cut, echo));
  expect(done).toMatchObject({ status: 'succeeded', outputs: { result: 'instead' } });
  expect(of('step-retry')).toMatchObject([{ node: 'cut', attempt: 2, delayMs: 0, error: { reason: 'stream_cut' } }]);
  expect(end('cut')).toMatchObject({ status: 'failed', outputs: { text: 'instead' } });
});

test('the error output opens after chunks too; who read is stopped, keeps its part and yields nothing', async () => {
  const flow = flowOf({ cut: { type: 'cut', onError: { rule: 'error-output' } }, up: 'upper', after: 'echo', out: 'both' }, [
    'cut.text > up.text',
    'up.text > after.text',
    'up.text > out.a',
    'cut.error > out.b',
  ]);
  const { done, end, of } = await runToEnd(planOf(flow, cut, upper, echo));
  expect(done.status).toBe('succeeded');
  expect(Object.keys(done.outputs)).toEqual(['b']);
  expect(done.outputs['b']).toMatchObject({ class: 'provider_unavailable', node: 'cut', message: expect.stringMatching(/\w+ \w+/) });
  const reason = { code: 'source_failed', node: 'cut', port: 'text' };
  expect(end('up')).toMatchObject({ status: 'cancelled', reason, outputs: { text: 'PART' } });
  expect(end('after')).toMatchObject({ status: 'skipped', reason });
  expect(of('output-end')).toContainEqual({ type: 'output-end', output: 'a', value: 'PART', complete: false });
});

test('first does not fall on when the stream it has begun to read breaks', async () => {
  const flow = flowOf(
    { in: 'start', cut: { type: 'cut', onError: { rule: 'error-output' } }, up: { type: 'upper', fanIn: { text: 'first' } }, out: 'end' },
    ['cut.text > up.text', 'in.text > up.text', 'up.text > out.result'],
  );
  const { done, end } = await runToEnd(planOf(flow, cut, upper), { text: 'spare' });
  expect(done).toMatchObject({ status: 'succeeded', outputs: {}, empty: true, reason: { code: 'source_failed', node: 'cut' } });
  expect(end('up')?.status).toBe('cancelled');
});

test('first streams as soon as the edges before it are closed', async () => {
  const gate = Promise.withResolvers<void>();
  const choose = nodeType('choose', { out: ['yes', 'no'] }, async () => {
    await gate.promise;
    return { no: 'n' };
  });
  const talk = nodeType('talk', { out: ['text~'] }, async function* () {
    yield { port: 'text', text: 'hello' };
    await new Promise(() => {});
    return undefined;
  });
  const flow = flowOf({ sort: 'choose', talk: 'talk', out: { type: 'end', fanIn: { result: 'first' } } }, [
    'sort.yes > out.result',
    'talk.text > out.result',
  ]);
  const run = watch(planOf(flow, choose, talk));
  await settle();
  expect(run.of('step-chunk')).toHaveLength(1);
  expect(run.of('output-chunk')).toEqual([]);
  gate.resolve();
  await settle();
  expect(run.of('output-chunk')).toMatchObject([{ text: 'hello' }]);
  run.cancel('stopped');
  await run.result;
});

test('a source that streams to a reader that is skipped is stopped; with another reader it goes on', async () => {
  let leftEarly = 0;
  const endless = nodeType('endless', { out: ['text~'] }, async function* () {
    try {
      for (let number = 0; number < 20; number += 1) {
        yield { port: 'text', text: `${number} ` };
        await settle();
      }
      return undefined;
    } finally {
      leftEarly += 1;
    }
  });
  const closed = nodeType('closed', { out: ['text'] }, async () => {
    await settle();
    return {};
  });
  const needs = nodeType('needs', { in: ['text~', 'other'], out: ['text'] }, () => ({ text: 'never' }));
  const alone = flowOf({ talk: 'endless', none: 'closed', two: 'needs', out: 'end' }, [
    'talk.text > two.text',
    'none.text > two.other',
    'two.text > out.result',
  ]);
  const stopped = await runToEnd(planOf(alone, endless, closed, needs));
  expect(stopped.end('two')).toMatchObject({ status: 'skipped', reason: { node: 'none' } });
  expect(stopped.end('talk')).toMatchObject({ status: 'cancelled', reason: { node: 'none' } });
  expect(stopped.done).toMatchObject({ status: 'succeeded', empty: true });
  await settle();
  expect(leftEarly).toBe(1);

  const shared = flowOf({ talk: 'endless', none: 'closed', two: 'needs', out: 'end' }, [
    'talk.text > two.text',
    'none.text > two.other',
    'talk.text > out.result',
  ]);
  const kept = await runToEnd(planOf(shared, endless, closed, needs));
  expect(kept.end('talk')?.status).toBe('succeeded');
  expect(kept.done.outputs['result']).toMatch(/^0 1 .* 19 $/);
});

test('a returned value stands over the joined chunks, and a port with chunks needs none', async () => {
  const talk = nodeType('talk', { out: ['text~', 'more~', 'none~'] }, async function* () {
    yield { port: 'text', text: 'chunks' };
    yield { port: 'more', text: 'a' };
    yield { port: 'more', text: 'b' };
    yield { port: 'unknown', text: 'lost' };
    return { text: 'value' };
  });
  const { done, end } = await runToEnd(
    planOf(flowOf({ talk: 'talk', out: 'both', rest: 'end' }, ['talk.text > out.a', 'talk.more > out.b', 'talk.none > rest.result']), talk),
  );
  expect(done.outputs).toEqual({ a: 'value', b: 'ab' });
  expect(end('rest')?.status).toBe('skipped');
});

test('the port of a chip takes the whole text even where the node could stream it', async () => {
  const talk = nodeType('talk', { out: ['text~'] }, async function* () {
    yield { port: 'text', text: 'a' };
    await settle();
    yield { port: 'text', text: 'b' };
    return undefined;
  });
  const say = nodeType('say', { in: ['text~'], out: ['said'] }, ({ config }) => ({ said: config['text'] ?? null }));
  const flow = flowOf({ talk: 'talk', say: { type: 'say', config: { text: '[{{text}}]' } }, out: 'end' }, [
    'talk.text > say.text',
    'say.said > out.result',
  ]);
  expect((await runToEnd(planOf(flow, talk, say))).done.outputs).toEqual({ result: '[ab]' });
});

test('of two streams of one source that break at once, the first port of their reader speaks', async () => {
  const two = nodeType('two', { in: ['text?'], out: ['b~', 'a~'] }, async function* () {
    yield { port: 'b', text: 'part' };
    yield { port: 'a', text: 'part' };
    await settle();
    throw new StepError('provider_unavailable', 'stream_cut');
  });
  const both = nodeType('join', { in: ['a~', 'b~'], out: ['text'] }, async ({ inputs }) => {
    for await (const _ of inputs['a'] as TextStream);
    return { text: 'never' };
  });
  const flow = flowOf({ two: { type: 'two', onError: { rule: 'error-output' } }, join: 'join', out: 'end' }, [
    'two.a > join.a',
    'two.b > join.b',
    'join.text > out.result',
  ]);
  const { end } = await runToEnd(planOf(flow, two, both));
  expect(end('join')).toMatchObject({ status: 'cancelled', reason: { code: 'source_failed', node: 'two', port: 'a' } });
});
