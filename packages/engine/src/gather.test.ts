import { StepError, type TextStream } from '@patchbay/node-kit';
import { expect, test } from 'vitest';
import { flowOf, nodeType, planOf, runToEnd, settle } from './testing/flow-of.ts';

/** Gives `part`, then fails. */
const cut = nodeType('cut', { out: ['text~'] }, async function* () {
  yield { port: 'text', text: 'part' };
  await settle();
  throw new StepError('provider_unavailable', 'stream_cut');
});
/** Answers when the stream of `cut` has long been broken. */
const late = nodeType('late', { out: ['text', 'none'] }, async () => {
  await settle();
  await settle();
  await settle();
  return { text: 'late' };
});
const upper = nodeType('upper', { in: ['text~'], out: ['text~'] }, async function* ({ inputs }) {
  for await (const chunk of inputs['text'] as TextStream) yield { port: 'text', text: chunk.toUpperCase() };
  return undefined;
});
const failing = { type: 'cut', onError: { rule: 'error-output' as const } };

test('a stream that breaks before its reader can start skips the reader, and what would have streamed on is broken too', async () => {
  let started = 0;
  const both = nodeType('two', { in: ['text~', 'other'], out: ['text~', 'more'] }, () => {
    started += 1;
    return { text: 'never', more: 'never' };
  });
  const flow = flowOf(
    { cut: failing, late: 'late', two: 'two', up: 'upper', out: 'both', rest: { type: 'end', fanIn: { result: 'first' } } },
    [
      'cut.text > two.text',
      'late.text > two.other',
      'two.text > up.text',
      'up.text > out.a',
      'two.more > rest.result',
      'late.text > rest.result',
    ],
  );
  const { done, end, of } = await runToEnd(planOf(flow, cut, late, both, upper));
  const reason = { code: 'source_failed', node: 'cut', port: 'text' };
  expect(started).toBe(0);
  expect(end('two')).toMatchObject({ status: 'skipped', reason });
  expect(end('up')).toMatchObject({ status: 'skipped', reason });
  // A broken edge is not a closed one: the field ends without a value. The edge that carries no stream is closed, and the next one answers.
  expect(done.outputs).toEqual({ result: 'late' });
  expect(of('output-end')).toContainEqual({ type: 'output-end', output: 'a', value: '', complete: false });
});

test('a closed input that is required speaks before a broken one', async () => {
  const two = nodeType('two', { in: ['text~', 'other'], out: ['text'] });
  const flow = flowOf({ cut: failing, late: 'late', two: 'two', out: 'end' }, [
    'cut.text > two.text',
    'late.none > two.other',
    'two.text > out.result',
  ]);
  const { end } = await runToEnd(planOf(flow, cut, late, two));
  expect(end('two')).toMatchObject({ status: 'skipped', reason: { code: 'branch', node: 'late', port: 'none' } });
});

test('of two broken inputs the first in order speaks', async () => {
  const three = nodeType('three', { in: ['one~', 'two~', 'other'], out: ['text'] });
  const flow = flowOf({ first: failing, second: failing, late: 'late', three: 'three', out: 'end' }, [
    'second.text > three.two',
    'first.text > three.one',
    'late.text > three.other',
    'three.text > out.result',
  ]);
  const { end } = await runToEnd(planOf(flow, cut, late, three));
  expect(end('three')).toMatchObject({ status: 'skipped', reason: { code: 'source_failed', node: 'first', port: 'text' } });
});

test('the reason of a first port is that of the edge it came to; of closed edges, the first', async () => {
  const flow = flowOf({ late: 'late', cut: failing, up: { type: 'upper', fanIn: { text: 'first' } }, out: 'end' }, [
    'late.none > up.text',
    'cut.text > up.text',
    'up.text > out.result',
  ]);
  const { end } = await runToEnd(planOf(flow, cut, late, upper));
  expect(end('up')).toMatchObject({ status: 'skipped', reason: { code: 'source_failed', node: 'cut', port: 'text' } });

  const none = nodeType('none', { out: ['a', 'b'] });
  for (const rule of ['first', 'list', 'text'] as const) {
    const closed = flowOf({ none: 'none', up: { type: 'upper', fanIn: { text: rule } }, out: 'end' }, [
      'none.b > up.text',
      'none.a > up.text',
      'up.text > out.result',
    ]);
    const ended = await runToEnd(planOf(closed, none, upper));
    expect(ended.end('up'), rule).toMatchObject({ status: 'skipped', reason: { code: 'branch', node: 'none', port: 'b' } });
  }
});

test('an optional port that is closed falls to its default, or to null', async () => {
  const show = nodeType('show', { in: ['with?', 'without?'], out: ['text'] }, ({ inputs }) => ({ text: JSON.stringify(inputs) }));
  const usual: typeof show = {
    ...show,
    ports: (config) => {
      const { inputs, outputs } = show.ports(config);
      return { outputs, inputs: inputs.map((port) => (port.id === 'with' ? { ...port, default: 'usual' } : port)) };
    },
  };
  const none = nodeType('none', { out: ['a', 'b'] });
  for (const rule of ['first', 'list', 'text'] as const) {
    const flow = flowOf({ none: 'none', show: { type: 'show', fanIn: { with: rule, without: rule } }, out: 'end' }, [
      'none.a > show.with',
      'none.b > show.with',
      'none.a > show.without',
      'none.b > show.without',
      'show.text > out.result',
    ]);
    const { done } = await runToEnd(planOf(flow, none, usual));
    expect(JSON.parse(String(done.outputs['result'])), rule).toEqual({ with: 'usual', without: null });
  }
});
