import { expect, test } from 'vitest';
import { flowOf, nodeType, planOf, runToEnd, settle, watch } from './testing/flow-of.ts';

const shout = nodeType('shout', { in: ['text~', 'style?'], out: ['text~', 'more'] }, () => ({ text: 'SHOUTED', more: 'MORE' }));
const off = { type: 'shout', bypass: true };

test('a bypassed node hands its first input that fits to the first output it fits', async () => {
  const flow = flowOf({ in: 'start', shout: off, a: 'end', b: 'both' }, [
    'in.text > shout.text',
    'shout.text > a.result',
    'shout.more > b.a',
  ]);
  const { done, end } = await runToEnd(planOf(flow, shout), { text: 'quiet' });
  expect(done.outputs).toEqual({ result: 'quiet' });
  expect(end('shout')).toMatchObject({ status: 'succeeded', outputs: { text: 'quiet' } });
  expect(end('b')).toMatchObject({ status: 'skipped', reason: { code: 'branch', node: 'shout', port: 'more' } });
});

test('it hands chunks on as they come', async () => {
  const talk = nodeType('talk', { out: ['text~'] }, async function* () {
    yield { port: 'text', text: 'a' };
    await new Promise(() => {});
    return undefined;
  });
  const run = watch(
    planOf(flowOf({ talk: 'talk', shout: off, out: 'end' }, ['talk.text > shout.text', 'shout.text > out.result']), talk, shout),
  );
  await settle();
  expect(run.of('output-chunk')).toMatchObject([{ text: 'a' }]);
  run.cancel('stopped');
});

test('a closed input skips it with the reason of the closing', async () => {
  const choose = nodeType('choose', { out: ['yes', 'no'] }, () => ({ no: 'n' }));
  const flow = flowOf({ sort: 'choose', shout: off, out: 'end' }, ['sort.yes > shout.text', 'shout.text > out.result']);
  const { done, end } = await runToEnd(planOf(flow, choose, shout));
  expect(end('shout')).toMatchObject({ status: 'skipped', reason: { code: 'branch', node: 'sort', port: 'yes' } });
  expect(done).toMatchObject({ empty: true });
});

test('with nothing to hand on it acts as skipped', async () => {
  const make = nodeType('make', { out: ['text'] }, () => ({ text: 'made' }));
  const flow = flowOf({ make: { type: 'make', bypass: true }, out: 'end' }, ['make.text > out.result']);
  const { done, end } = await runToEnd(planOf(flow, make));
  const reason = { code: 'bypass', node: 'make' };
  expect(end('make')).toMatchObject({ status: 'skipped', reason });
  expect(done).toMatchObject({ status: 'succeeded', empty: true, reason });
});

test('a value that does not fit is made to fit, or fails as on a wire', async () => {
  const measure = nodeType('measure', { in: ['text'], out: ['data'], types: { data: 'data' } });
  const flow = flowOf({ in: 'start', measure: { type: 'measure', bypass: true }, out: 'both' }, [
    'in.text > measure.text',
    'measure.data > out.b',
  ]);
  expect((await runToEnd(planOf(flow, measure), { text: '{"a":1}' })).done.outputs).toEqual({ b: { a: 1 } });
  expect((await runToEnd(planOf(flow, measure), { text: '{oops' })).done.error).toMatchObject({ reason: 'not_json', node: 'measure' });
});

test('a bypassed output node answers nothing', async () => {
  const flow = flowOf({ in: 'start', one: { type: 'end', bypass: true }, two: 'end' }, ['in.text > one.result', 'in.other > two.result']);
  const { done, end } = await runToEnd(planOf(flow), { text: 'x', other: 'y' });
  expect(done.outputs).toEqual({ result: 'y' });
  expect(end('one')).toMatchObject({ status: 'skipped', reason: { code: 'bypass', node: 'one' } });
});

test('the error output is not a way for values: a node that has only that to offer acts as skipped', async () => {
  const count = nodeType('count', { in: ['text'], out: ['number'], types: { number: 'number' } });
  const flow = flowOf({ in: 'start', count: { type: 'count', bypass: true, onError: { rule: 'error-output' } }, out: 'both' }, [
    'in.text > count.text',
    'count.error > out.b',
  ]);
  const { done, end } = await runToEnd(planOf(flow, count), { text: '{}' });
  expect(done).toMatchObject({ outputs: {}, empty: true, reason: { code: 'bypass', node: 'count' } });
  expect(end('count')).toMatchObject({ status: 'skipped', reason: { code: 'bypass', node: 'count' } });
});

test('a text that must become data is read whole, though the node could stream', async () => {
  const talk = nodeType('talk', { out: ['text~'] }, async function* () {
    yield { port: 'text', text: '{"a"' };
    yield { port: 'text', text: ':1}' };
    return undefined;
  });
  const read = nodeType('read', { in: ['text~'], out: ['data~'], types: { data: 'data' } });
  const flow = flowOf({ talk: 'talk', read: { type: 'read', bypass: true }, out: 'both' }, ['talk.text > read.text', 'read.data > out.b']);
  const { done, end } = await runToEnd(planOf(flow, talk, read));
  expect(done.outputs).toEqual({ b: { a: 1 } });
  expect(end('read')).toMatchObject({ status: 'succeeded', outputs: { data: { a: 1 } } });
});

test('an output that does not stream is given its text whole', async () => {
  const talk = nodeType('talk', { out: ['text~'] }, async function* () {
    yield { port: 'text', text: 'a' };
    yield { port: 'text', text: 'b' };
    return undefined;
  });
  const still = nodeType('still', { in: ['text~'], out: ['text'] });
  const flow = flowOf({ talk: 'talk', still: { type: 'still', bypass: true }, out: 'end' }, [
    'talk.text > still.text',
    'still.text > out.result',
  ]);
  const { done, of } = await runToEnd(planOf(flow, talk, still));
  expect(done.outputs).toEqual({ result: 'ab' });
  expect(of('step-chunk').map(({ node }) => node)).toEqual(['talk', 'talk']);
});
