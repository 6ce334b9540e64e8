import { StepError } from '@patchbay/node-kit';
import { expect, test } from 'vitest';
import { flowOf, nodeType, planOf, runToEnd, settle, watch } from './testing/flow-of.ts';

const cutStream = nodeType('cut', { out: ['text~'] }, async function* () {
  yield { port: 'text', text: 'part' };
  await settle();
  throw new StepError('provider_unavailable', 'stream_cut');
});
const late = nodeType('late', { out: ['text'] }, async () => {
  for (let turn = 0; turn < 4; turn += 1) await settle();
  return { text: 'late' };
});
const failing = { type: 'cut', onError: { rule: 'error-output' as const } };

test('nothing is told after the end: an edge that moves later, in the same breath, moves nothing', async () => {
  const give = nodeType('give', { out: ['text', 'more'] }, () => ({ text: '{oops', more: 'x' }));
  const strict = nodeType('strict', { in: ['data?'], types: { data: 'data' }, role: 'flow-output' });
  const flow = flowOf({ give: 'give', bad: 'strict', good: 'end', other: 'both' }, [
    'give.text > bad.data',
    'give.text > good.result',
    'give.more > other.a',
  ]);
  const { done, events } = await runToEnd(planOf(flow, give, strict));
  expect(done).toMatchObject({ status: 'failed', outputs: {}, error: { class: 'invalid_input', reason: 'not_json', node: 'bad' } });
  expect(events.at(-1)?.type).toBe('run-end');
  expect(events.filter(({ type }) => type === 'output-end')).toEqual([]);
});

test('list and text wait for every edge; first only for the ones before it', async () => {
  const gate = Promise.withResolvers<void>();
  const slow = nodeType('slow', { out: ['text'] }, async () => {
    await gate.promise;
    return { text: 'slow' };
  });
  const quick = nodeType('quick', { out: ['text'] }, () => ({ text: 'quick' }));
  const node = nodeType('read', { in: ['text'], out: ['text'] }, ({ inputs }) => ({ text: `<${String(inputs['text'])}>` }));
  const started: string[][] = [];
  for (const order of [
    ['quick', 'slow'],
    ['slow', 'quick'],
  ]) {
    const flow = flowOf(
      {
        slow: 'slow',
        quick: 'quick',
        first: { type: 'read', fanIn: { text: 'first' } },
        list: { type: 'read', fanIn: { text: 'list' } },
        text: { type: 'read', fanIn: { text: 'text' } },
        out: 'both',
      },
      [...['first', 'list', 'text'].flatMap((to) => order.map((from) => `${from}.text > ${to}.text`)), 'first.text > out.a'],
    );
    const run = watch(planOf(flow, slow, quick, node));
    await settle();
    started.push(run.of('step-start').flatMap((event) => (['first', 'list', 'text'].includes(event.node) ? [event.node] : [])));
    run.cancel('stopped');
  }
  expect(started).toEqual([['first'], []]);
});

test('a step with two readers of one broken text stops both; one that reads a whole text of it is skipped', async () => {
  const stuck = nodeType('stuck', { in: ['text~'], out: ['text~'] }, () => new Promise(() => {}));
  const whole = nodeType('whole', { in: ['text'], out: ['text'] }, () => ({ text: 'never' }));
  const flow = flowOf({ cut: failing, one: 'stuck', two: 'stuck', all: 'whole', out: 'both' }, [
    'cut.text > one.text',
    'cut.text > two.text',
    'cut.text > all.text',
    'one.text > out.a',
    'all.text > out.b',
  ]);
  const { done, end } = await runToEnd(planOf(flow, cutStream, stuck, whole));
  const reason = { code: 'source_failed', node: 'cut', port: 'text' };
  expect(done).toMatchObject({ status: 'succeeded', outputs: {}, empty: true, reason });
  expect(end('one')).toMatchObject({ status: 'cancelled', reason });
  expect(end('two')).toMatchObject({ status: 'cancelled', reason });
  expect(end('all')).toMatchObject({ status: 'skipped', reason });
});

test('an output node goes on where one of its fields broke: it ends once, with the fields that came', async () => {
  const flow = flowOf({ cut: failing, late: 'late', out: 'both' }, ['cut.text > out.a', 'late.text > out.b']);
  const { done, of, end } = await runToEnd(planOf(flow, cutStream, late));
  expect(done).toMatchObject({ status: 'succeeded', outputs: { b: 'late' } });
  expect(of('step-start').filter(({ node }) => node === 'out')).toHaveLength(1);
  expect(of('step-end').filter(({ node }) => node === 'out')).toHaveLength(1);
  expect(end('out')).toMatchObject({ status: 'cancelled', reason: { code: 'source_failed', node: 'cut' }, outputs: { b: 'late' } });
  expect(of('output-end')).toEqual([
    { type: 'output-end', output: 'a', value: 'part', complete: false },
    { type: 'output-end', output: 'b', value: 'late', complete: true },
  ]);
});

test('a reader is not stopped by a stream it did not choose', async () => {
  const give = nodeType('give', { out: ['text~'] }, () => ({ text: 'mine' }));
  const slow = nodeType('slow', { in: ['text~'], out: ['text'] }, async ({ inputs }) => {
    for (let turn = 0; turn < 4; turn += 1) await settle();
    return { text: `read ${String(inputs['text'])}` };
  });
  const flow = flowOf({ give: 'give', cut: failing, slow: { type: 'slow', fanIn: { text: 'first' } }, out: 'end' }, [
    'give.text > slow.text',
    'cut.text > slow.text',
    'slow.text > out.result',
  ]);
  const { done, end } = await runToEnd(planOf(flow, give, cutStream, slow));
  expect(done.outputs).toEqual({ result: 'read mine' });
  expect(end('slow')?.status).toBe('succeeded');
});

test('a chunk without text is none: it is not told, and what fails after it is tried again', async () => {
  let tries = 0;
  const empty = nodeType('empty', { out: ['text~'] }, async function* () {
    tries += 1;
    yield { port: 'text', text: '' };
    if (tries === 1) throw new StepError('provider_unavailable', 'stream_cut');
    yield { port: 'text', text: 'a' };
    yield { port: 'text', text: '' };
    yield { port: 'text', text: 'b' };
    return undefined;
  });
  const flow = flowOf({ empty: { type: 'empty', onError: { rule: 'retry', tries: 2, backoffMs: 0 } }, out: 'end' }, [
    'empty.text > out.result',
  ]);
  const { done, of } = await runToEnd(planOf(flow, empty));
  expect(done).toMatchObject({ status: 'succeeded', outputs: { result: 'ab' } });
  expect(of('step-chunk').map(({ text }) => text)).toEqual(['a', 'b']);
  expect(of('output-chunk').map(({ text }) => text)).toEqual(['a', 'b']);
});

test('a text that stayed without a chunk is the empty text, not closed', async () => {
  const empty = nodeType('empty', { out: ['text~'] }, async function* () {
    yield { port: 'text', text: '' };
    return undefined;
  });
  const { done } = await runToEnd(planOf(flowOf({ empty: 'empty', out: 'end' }, ['empty.text > out.result']), empty));
  expect(done.outputs).toEqual({ result: '' });
});
