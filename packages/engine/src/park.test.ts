import { type NodeContext, type NodeDefinition, Parked, type RunEvent, StepError } from '@patchbay/node-kit';
import { catalogue } from '@patchbay/nodes';
import { expect, test } from 'vitest';
import { startRun } from './start-run.ts';
import { createFakeWorld } from './testing/fake-world.ts';
import { flowOf, nodeType, planOf } from './testing/flow-of.ts';

const ask = nodeType('ask', { in: ['text'], out: ['text'] }, async ({ inputs }, ctx) => {
  const answer = await ctx.wait({ kind: 'person', message: String(inputs['text']), fields: [], until: null });
  return { text: answer.kind };
});
const slow = nodeType('slow', { in: ['text'], out: ['text'] }, async ({ inputs }) => {
  await new Promise((resolve) => setTimeout(resolve, 30));
  return { text: `${String(inputs['text'])}.` };
});
const flow = flowOf({ in: 'start', wait: 'ask', one: 'slow', two: 'slow', a: 'end', b: 'end2' }, [
  'in.text > wait.text',
  'wait.text > a.result',
  'in.text > one.text',
  'one.text > two.text',
  'two.text > b.other',
]);
const flowWithEnds = {
  ...flow,
  nodes: { ...flow.nodes, b: { type: 'both', config: {} } },
  edges: flow.edges.map((edge) => (edge.to === 'b.other' ? { ...edge, to: 'b.b' } : edge)),
};

async function run(wait: NodeContext['wait'] | undefined) {
  const events: RunEvent[] = [];
  const world = createFakeWorld(wait === undefined ? {} : { wait: (_step, request) => wait(request) });
  const result = await startRun(
    planOf(flowWithEnds, ask, slow),
    { text: 'hi' },
    { world, runId: 'r', onEvent: (event) => events.push(event) },
  ).result;
  return { result, events };
}

test('a run is put aside when all that does not wait has ended, without an end', async () => {
  const { result, events } = await run(() => Promise.reject(new Parked()));
  expect(result).toMatchObject({ status: 'waiting', outputs: { b: 'hi..' } });
  expect(result.error).toBeUndefined();
  const ends = events.flatMap((event) => (event.type === 'step-end' ? [event.node] : []));
  expect(ends.sort()).toEqual(['b', 'in', 'one', 'two']);
  expect(events.some(({ type }) => type === 'run-end')).toBe(false);
});

test('with the answer there it goes on as any other step', async () => {
  const { result, events } = await run(async () => ({ kind: 'time' }));
  expect(result).toMatchObject({ status: 'succeeded', outputs: { result: 'time', b: 'hi..' } });
  expect(events.at(-1)?.type).toBe('run-end');
});

test('where a run cannot be put aside the step fails and says so', async () => {
  const { result } = await run(undefined);
  expect(result).toMatchObject({ status: 'failed', error: { class: 'invalid_input', reason: 'wait_needs_server', node: 'wait' } });
});

test('a failure beside ends the run as ever, and a cancelled one stays cancelled', async () => {
  const breaks = nodeType('slow', { in: ['text'], out: ['text'] }, async () => {
    await new Promise((resolve) => setTimeout(resolve, 30));
    throw new StepError('timeout', 'idle');
  });
  const world = createFakeWorld({ wait: () => Promise.reject(new Parked()) });
  const plan = planOf(flowWithEnds, ask, breaks);
  expect(await startRun(plan, { text: 'hi' }, { world, runId: 'r' }).result).toMatchObject({ status: 'failed', error: { reason: 'idle' } });
  const cancelled = startRun(plan, { text: 'hi' }, { world, runId: 'r' });
  await new Promise((resolve) => setImmediate(resolve));
  cancelled.cancel('asked');
  expect((await cancelled.result).status).toBe('cancelled');
});

test('a turn inside a container is put aside with the run, and only it is executed when the answer is there', async () => {
  const made: string[] = [];
  const turn = nodeType('turn', { in: ['item'], out: ['text'], types: { item: 'any' } }, async ({ inputs }, ctx) => {
    made.push(String(inputs['item']));
    if (inputs['item'] === 'b') await ctx.wait({ kind: 'time', until: 9 });
    return { text: `${String(inputs['item'])}!` };
  });
  const list = nodeType('list', { out: ['list'], types: { list: 'any' } }, () => ({ list: ['a', 'b', 'c'] }));
  const each = flowOf(
    { list: 'list', each: { type: 'for_each', config: { concurrency: 1 } }, turn: { type: 'turn', parent: 'each' }, out: 'both' },
    ['list.list > each.list', 'each.item > turn.item', 'turn.text > each.result', 'each.results > out.b'],
  );
  const plan = planOf(each, list, turn, catalogue.get('for_each') as NodeDefinition);
  const ends: Extract<RunEvent, { type: 'step-end' }>[] = [];
  const options = {
    runId: 'r',
    onEvent: (event: RunEvent) => void (event.type === 'step-end' && ends.push(event)),
    recall: (scope: string, node: string) => ends.find((end) => end.scope === scope && end.node === node),
  };
  const waits = createFakeWorld({ wait: () => Promise.reject(new Parked()) });
  expect((await startRun(plan, {}, { ...options, world: waits }).result).status).toBe('waiting');
  expect([made, ends.map(({ scope, node }) => `${scope}:${node}`)]).toEqual([
    ['a', 'b'],
    [':list', 'each/0:turn'],
  ]);
  const answers = createFakeWorld({ wait: async () => ({ kind: 'time' }) });
  const result = await startRun(plan, {}, { ...options, world: answers }).result;
  expect(result).toMatchObject({ status: 'succeeded', outputs: { b: ['a!', 'b!', 'c!'] } });
  expect(made).toEqual(['a', 'b', 'b', 'c']);
});

test('a turn that is parked while another still works is put aside with it, when that one has ended', async () => {
  const turn = nodeType('turn', { in: ['item'], out: ['text'], types: { item: 'any' } }, async ({ inputs }, ctx) => {
    if (inputs['item'] === 'a') await ctx.wait({ kind: 'time', until: 9 });
    else await new Promise((resolve) => setTimeout(resolve, 30));
    return { text: 'done' };
  });
  const list = nodeType('list', { out: ['list'], types: { list: 'any' } }, () => ({ list: ['a', 'b'] }));
  const each = flowOf(
    { list: 'list', each: { type: 'for_each', config: { concurrency: 2 } }, turn: { type: 'turn', parent: 'each' }, out: 'both' },
    ['list.list > each.list', 'each.item > turn.item', 'turn.text > each.result', 'each.results > out.b'],
  );
  const plan = planOf(each, list, turn, catalogue.get('for_each') as NodeDefinition);
  const world = createFakeWorld({ wait: () => Promise.reject(new Parked()) });
  expect((await startRun(plan, {}, { world, runId: 'r' }).result).status).toBe('waiting');
});

const waiting = createFakeWorld({ wait: () => Promise.reject(new Parked()) });

test('an output node that has one of its fields is at rest: the run is put aside for the other', { timeout: 30_000 }, async () => {
  const parked = flowOf({ in: 'start', wait: 'ask', out: 'both' }, ['in.text > out.a', 'in.text > wait.text', 'wait.text > out.b']);
  const { result } = startRun(planOf(parked, ask), { text: 'hi' }, { world: waiting, runId: 'r' });
  expect(await result).toMatchObject({ status: 'waiting', outputs: { a: 'hi' } });
});

test('a run is not put aside while one turn of a container still works, and is when the last has come to rest', {
  timeout: 30_000,
}, async () => {
  const gate = Promise.withResolvers<void>();
  const items = nodeType('items', { out: ['list'], types: { list: 'any' } }, () => ({ list: ['wait', 'work'] }));
  const mixed = nodeType('mixed', { in: ['item'], out: ['text'], types: { item: 'any', text: 'any' } }, async ({ inputs }, ctx) => {
    if (inputs['item'] === 'work') {
      await gate.promise;
      return { text: 'done' };
    }
    return { text: (await ctx.wait({ kind: 'person', message: 'x', fields: [], until: null })).kind };
  });
  const nodes = { items: 'items', each: 'for_each', inner: { type: 'mixed', parent: 'each' }, out: 'both' };
  const edges = ['items.list > each.list', 'each.item > inner.item', 'inner.text > each.result', 'each.results > out.b'];
  const plan = planOf(flowOf(nodes, edges), items, mixed, catalogue.get('for_each') as NodeDefinition);
  const events: RunEvent[] = [];
  const run = startRun(plan, {}, { world: waiting, runId: 'r', onEvent: (event) => events.push(event) });
  let ended = false;
  void run.result.then(() => {
    ended = true;
  });
  for (let turn = 0; turn < 5; turn += 1) await new Promise((resolve) => setTimeout(resolve, 1));
  expect(ended).toBe(false);
  gate.resolve();
  expect((await run.result).status).toBe('waiting');
  expect(events.some((event) => event.type === 'step-end' && event.scope === 'each/1' && event.status === 'succeeded')).toBe(true);
});

test('what a parked step had under way is stopped', async () => {
  let aborted = false;
  const both = nodeType('ask', { in: ['text'], out: ['text'] }, (_, ctx) => {
    ctx.signal.addEventListener('abort', () => {
      aborted = true;
    });
    return ctx.wait({ kind: 'person', message: 'x', fields: [], until: null }).then(({ kind }) => ({ text: kind }));
  });
  const parked = flowOf({ in: 'start', wait: 'ask', out: 'end' }, ['in.text > wait.text', 'wait.text > out.result']);
  expect((await startRun(planOf(parked, both), { text: 'hi' }, { world: waiting, runId: 'r' }).result).status).toBe('waiting');
  expect(aborted).toBe(true);
});
