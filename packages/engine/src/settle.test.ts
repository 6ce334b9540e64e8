import { StepError } from '@patchbay/node-kit';
import { expect, test } from 'vitest';
import { flowOf, nodeType, planOf, runToEnd, settle, watch } from './testing/flow-of.ts';

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
  const cut = nodeType('cut', { out: ['text~'] }, async function* () {
    yield { port: 'text', text: 'part' };
    await settle();
    throw new StepError('provider_unavailable', 'stream_cut');
  });
  const stuck = nodeType('stuck', { in: ['text~'], out: ['text~'] }, () => new Promise(() => {}));
  const whole = nodeType('whole', { in: ['text'], out: ['text'] }, () => ({ text: 'never' }));
  const flow = flowOf({ cut: { type: 'cut', onError: { rule: 'error-output' } }, one: 'stuck', two: 'stuck', all: 'whole', out: 'both' }, [
    'cut.text > one.text',
    'cut.text > two.text',
    'cut.text > all.text',
    'one.text > out.a',
    'all.text > out.b',
  ]);
  const { done, end } = await runToEnd(planOf(flow, cut, stuck, whole));
  const reason = { code: 'source_failed', node: 'cut', port: 'text' };
  expect(done).toMatchObject({ status: 'succeeded', outputs: {}, empty: true, reason });
  expect(end('one')).toMatchObject({ status: 'cancelled', reason });
  expect(end('two')).toMatchObject({ status: 'cancelled', reason });
  expect(end('all')).toMatchObject({ status: 'skipped', reason });
});
