import { StepError, type TextStream, textOf } from '@patchbay/node-kit';
import { expect, test } from 'vitest';
import { flowOf, nodeType, planOf, runToEnd, settle, watch } from './testing/flow-of.ts';

const echo = nodeType('echo', { in: ['text'], out: ['text'] }, ({ inputs }) => ({ text: `<${String(inputs['text'])}>` }));
const later = nodeType('later', { in: ['text'], out: ['text'] }, async ({ inputs }) => ({ text: `${String(inputs['text'])}!` }));
const chunks = nodeType('chunks', { in: ['text'], out: ['text~'] }, async function* ({ inputs }) {
  for (const word of String(inputs['text']).split(' ')) yield { port: 'text', text: `${word} ` };
  return undefined;
});
const upper = nodeType('upper', { in: ['text~'], out: ['text~'] }, async function* ({ inputs }) {
  for await (const chunk of inputs['text'] as TextStream) yield { port: 'text', text: chunk.toUpperCase() };
  return undefined;
});

test('values go along the edges, in the order of events that everyone reads', async () => {
  const plan = planOf(
    flowOf({ in: 'start', one: 'echo', two: 'later', out: 'end' }, ['in.text > one.text', 'one.text > two.text', 'two.text > out.result']),
    echo,
    later,
  );
  const { done, events } = await runToEnd(plan, { text: 'hi' });
  expect(done).toMatchObject({ status: 'succeeded', outputs: { result: '<hi>!' }, simulated: false });
  expect(events.map((event) => ('node' in event ? `${event.type} ${event.node}` : event.type))).toEqual([
    'run-start',
    'step-start in',
    'step-end in',
    'step-start one',
    'step-end one',
    'step-start two',
    'step-end two',
    'step-start out',
    'output-end',
    'step-end out',
    'run-end',
  ]);
});

test('nothing is told before the caller has what startRun gives', async () => {
  const run = watch(planOf(flowOf({ in: 'start', out: 'end' }, ['in.text > out.result'])), { text: 'x' });
  expect(run.events).toEqual([]);
  await run.result;
  expect(run.events).not.toEqual([]);
});

test('a chain of two thousand quick steps is not a deep stack', async () => {
  const nodes: Record<string, string> = { in: 'start', out: 'end' };
  const edges = ['in.text > n0.text'];
  for (let index = 0; index < 1_998; index += 1) {
    nodes[`n${index}`] = 'count';
    edges.push(`n${index}.text > ${index === 1_997 ? 'out.result' : `n${index + 1}.text`}`);
  }
  const count = nodeType('count', { in: ['text'], out: ['text'] }, ({ inputs }) => ({ text: String(Number(inputs['text']) + 1) }));
  const { done } = await runToEnd(planOf(flowOf(nodes, edges), count), { text: '0' });
  expect(done.outputs).toEqual({ result: '1998' });
});

test('chunks pass through a node and reach the output before the source has ended', async () => {
  const gate = Promise.withResolvers<void>();
  const slow = nodeType('slow', { out: ['text~'] }, async function* () {
    yield { port: 'text', text: 'first ' };
    await gate.promise;
    yield { port: 'text', text: 'second' };
    return undefined;
  });
  const run = watch(
    planOf(flowOf({ slow: 'slow', up: 'upper', out: 'end' }, ['slow.text > up.text', 'up.text > out.result']), slow, upper),
  );
  await settle();
  expect(run.of('output-chunk')).toEqual([{ type: 'output-chunk', output: 'result', text: 'FIRST ' }]);
  expect(run.of('step-end')).toEqual([]);
  gate.resolve();
  expect(await run.result).toMatchObject({ outputs: { result: 'FIRST SECOND' } });
  expect(run.of('output-end')).toEqual([{ type: 'output-end', output: 'result', value: 'FIRST SECOND', complete: true }]);
});

test('a node that cannot take a stream waits for the whole text, and several readers each get all of it', async () => {
  const plan = planOf(
    flowOf({ in: 'start', talk: 'chunks', whole: 'echo', up: 'upper', out: 'both' }, [
      'in.text > talk.text',
      'talk.text > whole.text',
      'talk.text > up.text',
      'whole.text > out.a',
      'up.text > out.b',
    ]),
    chunks,
    echo,
    upper,
  );
  const { done } = await runToEnd(plan, { text: 'a b c' });
  expect(done.outputs).toEqual({ a: '<a b c >', b: 'A B C ' });
});

test('each field of an output node streams on its own', async () => {
  const plan = planOf(
    flowOf({ in: 'start', fast: 'chunks', stuck: 'stuck', out: 'both' }, [
      'in.text > fast.text',
      'fast.text > out.a',
      'stuck.text > out.b',
    ]),
    chunks,
    nodeType('stuck', { out: ['text'] }, () => new Promise(() => {})),
  );
  const run = watch(plan, { text: 'a b' });
  await settle();
  expect(run.of('output-end')).toEqual([{ type: 'output-end', output: 'a', value: 'a b ', complete: true }]);
  run.cancel('stopped');
  expect(await run.result).toMatchObject({ status: 'cancelled', outputs: { a: 'a b ' } });
});

test('an absent output is closed, a closed required input skips, and all skipped is empty with the reason', async () => {
  const choose = nodeType('choose', { in: ['text'], out: ['yes', 'no'] }, ({ inputs }) => ({ yes: inputs['text'] as string }));
  const flow = flowOf({ in: 'start', sort: 'choose', after: 'echo', out: 'end' }, [
    'in.text > sort.text',
    'sort.no > after.text',
    'after.text > out.result',
  ]);
  const { done, end } = await runToEnd(planOf(flow, choose, echo), { text: 'x' });
  const reason = { code: 'branch', node: 'sort', port: 'no' };
  expect(done).toMatchObject({ status: 'succeeded', outputs: {}, empty: true, reason });
  expect(end('after')).toMatchObject({ status: 'skipped', reason, durationMs: 0 });
  expect(end('out')).toMatchObject({ status: 'skipped', reason });
});

test('null, empty text and closed stay apart', async () => {
  const give = nodeType('give', { out: ['nothing', 'empty', 'closed'] }, () => ({ nothing: null, empty: '' }));
  const three = nodeType('three', { in: ['r?'], role: 'flow-output' });
  const flow = flowOf({ give: 'give', a: 'end', b: 'both', c: 'three' }, [
    'give.nothing > a.result',
    'give.empty > b.a',
    'give.closed > c.r',
  ]);
  const { done } = await runToEnd(planOf(flow, give, three));
  expect(done.outputs).toEqual({ result: null, a: '' });
  expect(done.empty).toBeUndefined();
});

test('null is no value for a required port, but a chip shows it as empty text', async () => {
  const say = nodeType('say', { out: ['text'] }, ({ config }) => ({ text: config['text'] ?? null }));
  const flow = flowOf({ in: 'start', say: { type: 'say', config: { text: 'Hi {{who}}.' } }, out: 'end' }, [
    'in.text > say.who',
    'say.text > out.result',
  ]);
  expect((await runToEnd(planOf(flow, say), { text: null })).done.outputs).toEqual({ result: 'Hi .' });
  const strict = flowOf({ in: 'start', one: 'echo', out: 'end' }, ['in.text > one.text', 'one.text > out.result']);
  const { done, end } = await runToEnd(planOf(strict, echo), { text: null });
  expect(done).toMatchObject({
    status: 'failed',
    error: { class: 'invalid_input', reason: 'value_missing', node: 'one', params: { port: 'text' } },
  });
  expect(end('one')?.status).toBe('failed');
});

test('ids that are names of the language itself are ids like any other', async () => {
  const flow = flowOf({ constructor: 'start', valueof: 'odd', out: 'both' }, [
    'constructor.text > valueof.constructor',
    'valueof.constructor > out.a',
    'valueof.valueof > out.b',
  ]);
  const odd = nodeType('odd', { in: ['constructor'], out: ['constructor', 'valueof'] }, ({ inputs }) => ({
    valueof: String(inputs['constructor']),
  }));
  const { done } = await runToEnd(planOf(flow, odd), { text: 'x' });
  expect(done.outputs).toEqual({ b: 'x' });
});

test('first is by wire order and falls on as edges close; text joins and list collects in wire order', async () => {
  const some = nodeType('some', { out: ['closed', 'slow', 'quick'] }, async () => ({ slow: 'S', quick: 'Q' }));
  const edges = ['some.closed > out.result', 'some.slow > out.result', 'some.quick > out.result'];
  const results: unknown[] = [];
  for (const rule of ['first', 'list', 'text'] as const) {
    const flow = flowOf({ some: 'some', out: { type: 'end', fanIn: { result: rule } } }, edges);
    results.push((await runToEnd(planOf(flow, some))).done.outputs['result']);
  }
  expect(results).toEqual(['S', 'S\nQ', 'S\n\nQ']);
});

test('the same field in several output nodes is answered by the first that is not closed', async () => {
  const choose = nodeType('choose', { in: ['text'], out: ['yes', 'no'] }, ({ inputs }) => ({ no: inputs['text'] as string }));
  const flow = flowOf({ in: 'start', sort: 'choose', one: 'end', two: 'end' }, [
    'in.text > sort.text',
    'sort.yes > one.result',
    'sort.no > two.result',
  ]);
  const { done, of } = await runToEnd(planOf(flow, choose), { text: 'x' });
  expect(done).toMatchObject({ outputs: { result: 'x' } });
  expect(of('output-end')).toHaveLength(1);
});

test('a failure stops the run: what is under way is aborted, what was complete is kept', async () => {
  let aborted = false;
  const wait = nodeType('wait', { out: ['text'] }, (_, ctx) => {
    ctx.signal.addEventListener('abort', () => {
      aborted = true;
    });
    return new Promise(() => {});
  });
  const fail = nodeType('fail', { in: ['text'], out: ['text'] }, async () => {
    await settle();
    throw new StepError('auth', 'key_rejected', { provider: 'p' });
  });
  const flow = flowOf({ in: 'start', wait: 'wait', fail: 'fail', never: 'echo', out: 'both' }, [
    'in.text > fail.text',
    'in.text > out.a',
    'fail.text > never.text',
    'wait.text > out.b',
  ]);
  const { done, end, events } = await runToEnd(planOf(flow, wait, fail, echo), { text: 'kept' });
  expect(done).toMatchObject({ status: 'failed', outputs: { a: 'kept' }, error: { class: 'auth', reason: 'key_rejected', node: 'fail' } });
  expect(aborted).toBe(true);
  expect(end('wait')?.status).toBe('cancelled');
  expect(end('never')).toBeUndefined();
  expect(events.at(-1)?.type).toBe('run-end');
});

test('an unexpected error leaks nothing, and the log hears of it', async () => {
  const logged: unknown[] = [];
  const bug = nodeType('bug', { out: ['text'] }, () => {
    throw new TypeError('secret-value');
  });
  const world = { log: () => (level: string, message: string, fields?: unknown) => logged.push([level, message, fields]) };
  const { done, events } = await runToEnd(planOf(flowOf({ bug: 'bug', out: 'end' }, ['bug.text > out.result']), bug), {}, world);
  expect(done.error).toEqual({ class: 'internal', reason: 'unexpected', params: {}, node: 'bug' });
  expect(JSON.stringify(events)).not.toContain('secret-value');
  expect(logged).toMatchObject([['warn', expect.any(String), { name: 'TypeError' }]]);
});

test.each([[undefined], [null], ['text'], [7]])('a node that answers %s has failed', async (answer) => {
  const bad = nodeType('bad', { out: ['text'] }, (async () => answer) as never);
  const { done } = await runToEnd(planOf(flowOf({ bad: 'bad', out: 'end' }, ['bad.text > out.result']), bad));
  expect(done.error).toMatchObject({ class: 'internal', reason: 'bad_return', node: 'bad' });
});

test('calls are added up per step and per run, and one simulated call marks both', async () => {
  const call = {
    calls: 1,
    inputTokens: 3,
    outputTokens: 2,
    costUsd: 0.5,
    estimated: false,
    provider: 'demo',
    model: 'auto',
    simulated: true,
  };
  const ask = nodeType('ask', { out: ['text'] }, async (_, ctx) => {
    await ctx.models.chat({ model: 'auto', messages: [] });
    return { text: (await ctx.models.chat({ model: 'auto', messages: [] })).text };
  });
  let made = 0;
  const world: Parameters<typeof runToEnd>[2] = {
    models: (step) => {
      made += 1;
      return {
        chat: async () => {
          step.report(call);
          return { text: `${step.node}${step.attempt}`, finishReason: 'stop', usage: call, model: 'auto', simulated: true };
        },
        stream: () => {
          throw new Error('not here');
        },
      };
    },
  };
  const { done, end } = await runToEnd(planOf(flowOf({ ask: 'ask', out: 'end' }, ['ask.text > out.result']), ask), {}, world);
  expect(done).toMatchObject({ outputs: { result: 'ask1' }, simulated: true, usage: { calls: 2, inputTokens: 6, costUsd: 1 } });
  expect(end('ask')).toMatchObject({ usage: { calls: 2 }, model: 'demo/auto', simulated: true });
  expect(end('out')).not.toHaveProperty('simulated');
  expect(made).toBe(1);
});

test('a stream read as a whole is its text', async () => {
  const whole = nodeType('whole', { in: ['text~'], out: ['text'] }, async ({ inputs }) => ({ text: `[${await textOf(inputs['text'])}]` }));
  const flow = flowOf({ in: 'start', talk: 'chunks', whole: 'whole', out: 'end' }, [
    'in.text > talk.text',
    'talk.text > whole.text',
    'whole.text > out.result',
  ]);
  expect((await runToEnd(planOf(flow, chunks, whole), { text: 'a b' })).done.outputs).toEqual({ result: '[a b ]' });
});

test('notes are no steps, and an input left out is null or its default', async () => {
  const flow = flowOf({ in: 'start', say: 'remark', out: 'both' }, ['in.text > out.a', 'in.other > out.b']);
  const { done, of } = await runToEnd({ ...planOf(flow), defaults: new Map([['other', 'usual']]) });
  expect(done.outputs).toEqual({ a: null, b: 'usual' });
  expect(of('step-end').map((event) => event.node)).toEqual(['in', 'out']);
});

test('only a run that succeeded can be empty', async () => {
  const bad = nodeType('bad', { out: ['text'] }, () => {
    throw new StepError('auth', 'key_rejected');
  });
  const { done } = await runToEnd(planOf(flowOf({ bad: 'bad', out: 'end' }, ['bad.text > out.result']), bad));
  expect(done).toStrictEqual({
    status: 'failed',
    outputs: {},
    usage: { calls: 0, inputTokens: 0, outputTokens: 0, costUsd: 0, estimated: false },
    simulated: false,
    durationMs: expect.any(Number),
    error: { class: 'auth', reason: 'key_rejected', params: {}, node: 'bad' },
  });
  const quiet = nodeType('quiet', { out: ['text'] });
  expect((await runToEnd(planOf(flowOf({ quiet: 'quiet' }), quiet))).done).not.toHaveProperty('empty');
});
