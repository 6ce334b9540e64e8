import type { Json, NodeDefinition, RunEvent, StepHandle } from '@patchbay/node-kit';
import { catalogue } from '@patchbay/nodes';
import { expect, test } from 'vitest';
import { startRun } from './start-run.ts';
import { createFakeWorld } from './testing/fake-world.ts';
import { flowOf, nodeType, planOf, runToEnd, settle, watch } from './testing/flow-of.ts';

const real = (type: string): NodeDefinition => catalogue.get(type) as NodeDefinition;
const types = { item: 'any', other: 'any', text: 'any' } as const;
/** Says where it ran and what it was given. */
const say = nodeType('say', { in: ['item', 'other?'], out: ['text'], types: { item: 'any', other: 'any' } }, ({ inputs }, ctx) => {
  const { scope } = ctx as unknown as StepHandle;
  return { text: `${scope}:${String(inputs['item'])}${inputs['other'] === null ? '' : `+${String(inputs['other'])}`}` };
});
const fails = nodeType('fails', { in: ['item'], out: ['text'], types }, ({ inputs }) => {
  if (inputs['item'] === 'bad') throw Object.assign(new Error('x'), { errorClass: 'auth', reason: 'refused', params: {} });
  return { text: String(inputs['item']) };
});
const add = nodeType('add', { in: ['item'], out: ['text'], types: { item: 'any', text: 'any' } }, ({ inputs }) => ({
  text: Number(inputs['item']) + 1,
}));
const odd = nodeType(
  'odd',
  { in: ['item'], out: ['text'], types: { item: 'any', text: 'any' } },
  ({ inputs }): Record<string, Json> => (Number(inputs['item']) % 2 === 1 ? { text: inputs['item'] as Json } : {}),
);
const list = (...items: Json[]) => nodeType('list', { out: ['list'], types: { list: 'any' } }, () => ({ list: items }));

const each = (config: Record<string, Json> = {}) => ({ type: 'for_each', config });
const inside = (type: string, parent = 'each') => ({ type, parent });
const ends = (events: readonly RunEvent[]) =>
  events.flatMap((event) => (event.type === 'step-end' ? [`${event.scope}:${event.node} ${event.status}`] : []));

test('each item has its own turn; what comes from outside is the same in every turn', async () => {
  const flow = flowOf({ in: 'start', list: 'list', each: each({ concurrency: 1 }), say: inside('say'), out: 'both' }, [
    'list.list > each.list',
    'each.item > say.item',
    'in.text > say.other',
    'say.text > each.result',
    'each.results > out.b',
  ]);
  const { done, events } = await runToEnd(planOf(flow, list('a', 'b'), say, real('for_each')), { text: 'out' });
  expect(done).toMatchObject({ status: 'succeeded', outputs: { b: ['each/0:a+out', 'each/1:b+out'] } });
  expect(ends(events)).toEqual([
    ':in succeeded',
    ':list succeeded',
    'each/0:say succeeded',
    'each/1:say succeeded',
    ':each succeeded',
    ':out succeeded',
  ]);
  expect(events.filter((event) => event.type === 'output-end')).toHaveLength(1);
});

test('containers stand in containers, to any depth; outer values reach the innermost', async () => {
  const flow = flowOf(
    {
      in: 'start',
      list: 'list',
      each: each(),
      again: { type: 'repeat', parent: 'each', config: { conditions: [{ op: 'at_least', value: '12' }] } },
      deep: { type: 'for_each', parent: 'again', config: {} },
      say: inside('say', 'deep'),
      add: inside('add', 'again'),
      out: 'both',
    },
    [
      'list.list > each.list',
      'each.item > again.start',
      'again.previous > add.item',
      'add.text > again.next',
      'again.previous > deep.list',
      'deep.item > say.item',
      'in.text > say.other',
      'say.text > deep.result',
      'again.value > each.result',
      'each.results > out.b',
    ],
  );
  const { done, events } = await runToEnd(planOf(flow, list(10, 20), say, add, real('for_each'), real('repeat')), { text: 'x' });
  expect(done).toMatchObject({ status: 'succeeded', outputs: { b: [12, 21] } });
  const said = events.flatMap((event) => (event.type === 'step-end' && event.node === 'say' ? [event.outputs?.['text']] : []));
  expect(said.sort()).toEqual(['each/0/again/0/deep/0:10+x', 'each/0/again/1/deep/0:11+x', 'each/1/again/0/deep/0:20+x']);
});

test('a closed result leaves its item out; a step inside that is skipped says why', async () => {
  const flow = flowOf({ list: 'list', each: each(), odd: inside('odd'), out: 'both' }, [
    'list.list > each.list',
    'each.item > odd.item',
    'odd.text > each.result',
    'each.results > out.b',
  ]);
  const { done } = await runToEnd(planOf(flow, list(1, 2, 3), odd, real('for_each')));
  expect(done.outputs).toEqual({ b: [1, 3] });
});

test('a closed value from outside skips who needs it inside, with the reason from outside', async () => {
  const flow = flowOf({ list: 'list', one: 'one', odd: 'odd', each: each(), say: inside('say'), free: inside('add'), out: 'both' }, [
    'list.list > each.list',
    'one.text > odd.item',
    'odd.text > say.item',
    'each.item > free.item',
    'free.text > each.result',
    'each.results > out.b',
  ]);
  const one = nodeType('one', { out: ['text'], types }, () => ({ text: 2 }));
  const { done, events } = await runToEnd(planOf(flow, list(5), one, odd, say, add, real('for_each')));
  expect(done.outputs).toEqual({ b: [6] });
  const skipped = events.find((event) => event.type === 'step-end' && event.node === 'say');
  expect(skipped).toMatchObject({ scope: 'each/0', status: 'skipped', reason: { code: 'branch', node: 'odd', port: 'text' } });
});

test('a container that is skipped or switched off runs nothing of what is inside', async () => {
  const build = (container: object) =>
    flowOf({ one: 'one', odd: 'odd', each: { ...each(), ...container }, say: inside('say'), out: 'both' }, [
      'one.text > odd.item',
      'odd.text > each.list',
      'one.text > say.other',
      'each.item > say.item',
      'say.text > each.result',
      'each.results > out.b',
    ]);
  const one = nodeType('one', { out: ['text'], types }, () => ({ text: 2 }));
  for (const container of [{}, { bypass: true }]) {
    const { done, events, end } = await runToEnd(planOf(build(container), one, odd, say, real('for_each')));
    expect(done).toMatchObject({ status: 'succeeded', empty: true });
    expect(end('each')).toMatchObject({ status: 'skipped' });
    expect(events.some((event) => 'node' in event && event.node === 'say')).toBe(false);
  }
});

const failing = (config: Record<string, Json>, more: object = {}) =>
  flowOf({ list: 'list', each: { ...each(config), ...more }, bad: inside('fails'), out: 'both' }, [
    'list.list > each.list',
    'each.item > bad.item',
    'bad.text > each.result',
    'each.results > out.b',
    ...('onError' in more ? ['each.error > out.a'] : []),
  ]);

test('a failed item stops, is left out or is marked; the failure keeps its own place', async () => {
  const plan = (config: Record<string, Json>, more: object = {}) =>
    planOf(failing(config, more), list('a', 'bad', 'c'), fails, real('for_each'));
  expect((await runToEnd(plan({}))).done).toMatchObject({ status: 'failed', error: { class: 'auth', reason: 'refused', node: 'bad' } });
  expect((await runToEnd(plan({ onFailure: 'skip' }))).done.outputs).toEqual({ b: ['a', 'c'] });
  const marked = await runToEnd(plan({ onFailure: 'mark' }));
  expect(marked.done.outputs['b']).toMatchObject(['a', { index: 1, error: { class: 'auth', node: 'bad' } }, 'c']);
  expect(ends(marked.events)).toContain('each/1:bad failed');
  const other = await runToEnd(plan({}, { onError: { rule: 'error-output' } }));
  expect(other.done.outputs).toMatchObject({ a: expect.stringContaining('"node": "bad"') });
});

test('a container tried again runs its turns under a name of their own', async () => {
  let calls = 0;
  const shaky = nodeType('fails', { in: ['item'], out: ['text'], types }, () => {
    calls += 1;
    if (calls === 1) throw Object.assign(new Error('x'), { errorClass: 'timeout', reason: 'idle', params: {} });
    return { text: 'ok' };
  });
  const onError = { rule: 'retry', tries: 2, backoffMs: 0 };
  const flow = failing({}, { onError });
  flow.edges = flow.edges.filter(({ from }) => from !== 'each.error');
  const { done, events } = await runToEnd(planOf(flow, list('a'), shaky, real('for_each')));
  expect(done.outputs).toEqual({ b: ['ok'] });
  expect(ends(events)).toEqual([':list succeeded', 'each/0:bad failed', 'each~2/0:bad succeeded', ':each succeeded', ':out succeeded']);
});

const hangs = nodeType('fails', { in: ['item'], out: ['text'], types }, (_, ctx) => {
  const { signal } = ctx;
  return new Promise((_resolve, reject) => signal.addEventListener('abort', () => reject(new Error('aborted'))));
});

test('cancelling the run cancels every turn', async () => {
  const run = watch(planOf(failing({ concurrency: 2 }), list('a', 'b', 'c'), hangs, real('for_each')));
  await settle();
  run.cancel('asked');
  expect((await run.result).status).toBe('cancelled');
  expect(ends(run.events)).toEqual([':list succeeded', 'each/0:bad cancelled', 'each/1:bad cancelled', ':each cancelled']);
  await settle();
  expect(run.events.at(-1)).toMatchObject({ type: 'run-end' });
});

test('a turn still under way when its container is done is cancelled', async () => {
  const flow = failing({ concurrency: 2 });
  flow.edges.push({ from: 'each.index', to: 'late.item' });
  flow.nodes['late'] = { type: 'late', parent: 'each', config: {} };
  const late = nodeType('late', { in: ['item'], out: [], types }, ({ inputs }) =>
    inputs['item'] === 0 ? {} : new Promise<Record<string, Json>>(() => undefined),
  );
  const run = await runToEnd(planOf(flow, list('bad', 'b'), fails, late, real('for_each')));
  expect(run.done).toMatchObject({ status: 'failed' });
  expect(ends(run.events)).toContain('each/1:late cancelled');
  expect(run.events.at(-1)).toMatchObject({ type: 'run-end' });
});

test('what runs inside is counted at the container and at the run', async () => {
  const call = { provider: 'p', model: 'm', calls: 1, inputTokens: 2, outputTokens: 3, costUsd: 0.5, estimated: false, simulated: true };
  const asks = nodeType('fails', { in: ['item'], out: ['text'], types }, (_, ctx) => {
    (ctx as unknown as StepHandle).report(call);
    return { text: 'x' };
  });
  const { done, end } = await runToEnd(planOf(failing({}), list('a', 'b'), asks, real('for_each')));
  expect(done).toMatchObject({ usage: { calls: 2, costUsd: 1 }, simulated: true });
  expect(end('each')).toMatchObject({ usage: { calls: 2, costUsd: 1 }, simulated: true });
  expect(end('each')).not.toHaveProperty('model');
});

test('texts stream between steps inside a turn; what enters is whole', async () => {
  const seen: string[] = [];
  const chunks = nodeType('chunks', { in: ['item'], out: ['text~'], types: { item: 'any' } }, async function* ({ inputs }) {
    for (const letter of String(inputs['item'])) yield { port: 'text', text: letter };
    return undefined;
  });
  const reads = nodeType('reads', { in: ['text~', 'from~?'], out: ['text'] }, async ({ inputs }) => {
    expect(inputs['from']).toBe('whole');
    let all = '';
    for await (const chunk of inputs['text'] as AsyncIterable<string>) {
      seen.push(chunk);
      all += chunk;
    }
    return { text: all };
  });
  const flow = flowOf({ list: 'list', first: 'chunks', each: each(), in: inside('chunks'), read: inside('reads'), out: 'both' }, [
    'list.list > each.list',
    'list.whole > first.item',
    'first.text > read.from',
    'each.item > in.item',
    'in.text > read.text',
    'read.text > each.result',
    'each.results > out.b',
  ]);
  const source = nodeType('list', { out: ['list', 'whole'], types: { list: 'any' } }, () => ({ list: ['ab'], whole: 'whole' }));
  const { done, of } = await runToEnd(planOf(flow, source, chunks, reads, real('for_each')));
  expect(done.outputs).toEqual({ b: ['ab'] });
  expect(seen).toEqual(['a', 'b']);
  expect(of('step-chunk').filter(({ scope }) => scope === 'each/0')).toHaveLength(2);
});

test('a turn that finished is not executed again when the run is resumed', async () => {
  const made: string[] = [];
  const counted = nodeType('fails', { in: ['item'], out: ['text'], types }, ({ inputs }, ctx) => {
    made.push((ctx as unknown as StepHandle).scope);
    return { text: String(inputs['item']) };
  });
  const plan = planOf(failing({ concurrency: 1 }), list('a', 'b', 'c'), counted, real('for_each'));
  const first = await runToEnd(plan);
  made.length = 0;
  const journal = first.of('step-end').filter(({ scope }) => scope !== 'each/2' && scope !== '');
  const options = {
    world: createFakeWorld(),
    runId: 'again',
    recall: (scope: string, node: string) => journal.find((end) => end.scope === scope && end.node === node),
  };
  expect(await startRun(plan, {}, options).result).toMatchObject({ status: 'succeeded', outputs: first.done.outputs });
  expect(made).toEqual(['each/2']);
});

test('ten thousand steps are enough for any run, a thousand turns for any container', async () => {
  const names = ['one', 'two', 'three', 'four', 'five', 'six', 'seven', 'eight', 'nine', 'ten', 'eleven'];
  const nodes = Object.fromEntries(names.map((name) => [name, inside('fails')]));
  const flow = failing({ onFailure: 'skip' });
  Object.assign(flow.nodes, nodes);
  for (const name of names) flow.edges.push({ from: 'each.item', to: `${name}.item` });
  const plan = planOf(flow, list(...new Array<Json>(900).fill('x')), fails, real('for_each'));
  const { done } = await runToEnd(plan);
  expect(done).toMatchObject({
    status: 'failed',
    error: { class: 'budget_exceeded', reason: 'run_too_many_steps', params: { limit: 10_000 } },
  });
  const endless = nodeType('endless', { in: ['list'], out: ['results'], role: 'container', types: { list: 'any' } }, async (_, ctx) => {
    for (let turn = 0; ; turn += 1) await ctx.inside.run(turn, {});
  });
  const loop = flowOf({ list: 'list', each: 'endless', out: 'both' }, ['list.list > each.list', 'each.results > out.b']);
  expect((await runToEnd(planOf(loop, list(), endless))).done.error).toMatchObject({ reason: 'too_many_turns', params: { limit: 1_000 } });
});

test('a result that cannot be what the container takes fails the turn at the container', async () => {
  const strict = nodeType(
    'strict',
    { in: ['list', 'result'], out: ['results'], role: 'container', types: { list: 'any', result: 'data' } },
    async (_, ctx) => ({
      results: (await ctx.inside.run(0, { item: 'no json' })).error?.reason ?? '',
    }),
  );
  const ports = strict.ports({});
  const inner = {
    inputs: ports.inputs.map((port) => ({ ...port, inner: port.id === 'result' })),
    outputs: [...ports.outputs, { id: 'item', title: 'item', type: 'text' as const, inner: true }],
  };
  const flow = flowOf({ list: 'list', each: 'strict', same: inside('same'), out: 'both' }, [
    'list.list > each.list',
    'each.item > same.item',
    'same.text > each.result',
    'each.results > out.b',
  ]);
  const same = nodeType('same', { in: ['item'], out: ['text'] }, ({ inputs }) => ({ text: inputs['item'] as string }));
  const { done } = await runToEnd(planOf(flow, list('x'), { ...strict, ports: () => inner }, same));
  expect(done.outputs).toEqual({ b: 'not_json' });
});
