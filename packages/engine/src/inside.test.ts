import type { NodeContext, NodeDefinition, Turn } from '@patchbay/node-kit';
import { expect, test } from 'vitest';
import { runLimits } from './limits.ts';
import { flowOf, nodeType, planOf, runToEnd, settle, watch } from './testing/flow-of.ts';

/** A container that does with its turns what a test says. Inside it gives `item`, and takes `result` back. */
function container(run: (ctx: NodeContext) => ReturnType<NodeDefinition['run']>): NodeDefinition {
  const type = nodeType(
    'box',
    { in: ['go?', 'result?'], out: ['item', 'text'], types: { go: 'any', result: 'any', item: 'any', text: 'any' }, role: 'container' },
    (_, ctx) => run(ctx),
  );
  return {
    ...type,
    ports: (config) => {
      const { inputs, outputs } = type.ports(config);
      return {
        inputs: inputs.map((port) => (port.id === 'result' ? { ...port, inner: true } : port)),
        outputs: outputs.map((port) => (port.id === 'item' ? { ...port, inner: true } : port)),
      };
    },
  };
}
const any = { item: 'any', text: 'any' } as const;
const echo = nodeType('echo', { in: ['item'], out: ['text'], types: any }, ({ inputs }) => ({ text: `<${String(inputs['item'])}>` }));
const stuck = nodeType('stuck', { in: ['item'], out: ['text'], types: any }, () => new Promise(() => {}));
const flow = (inner: string) =>
  flowOf({ box: 'box', inner: { type: inner, parent: 'box' }, out: 'both' }, [
    'box.item > inner.item',
    'inner.text > box.result',
    'box.text > out.b',
  ]);

test('a turn gives its outputs, under its own scope; what is given that nobody reads is nothing', async () => {
  const box = container(async ({ inside }) => {
    const turn = await inside.run(7, { item: 'x', unknown: 'y' });
    return { text: turn as never };
  });
  const { done, of } = await runToEnd(planOf(flow('echo'), box, echo));
  expect(done.outputs).toEqual({ b: { outputs: { result: '<x>' } } });
  expect(of('step-start').map(({ scope, node }) => `${scope}:${node}`)).toEqual([':box', 'box/7:inner', ':out']);
});

test('a value that is not given is closed inside, and says whose it was', async () => {
  const box = container(async ({ inside }) => ({ text: (await inside.run(0, {})) as never }));
  const { done, end } = await runToEnd(planOf(flow('echo'), box, echo));
  expect(done.outputs).toEqual({ b: { outputs: {} } });
  expect(end('inner')).toMatchObject({ status: 'skipped', scope: 'box/0', reason: { code: 'branch', node: 'box', port: 'item' } });
});

test('a container that was stopped starts no turn any more, and what was open is cancelled', async () => {
  const turns: (Turn | 'refused')[] = [];
  let again: (() => Promise<void>) | undefined;
  const box = container(async ({ inside }) => {
    again = async () => {
      turns.push(await inside.run(1, { item: 'late' }));
    };
    turns.push(await inside.run(0, { item: 'x' }));
    return {};
  });
  const run = watch(planOf(flow('stuck'), box, stuck));
  await settle();
  expect(turns).toEqual([]);
  run.cancel('stopped');
  await run.result;
  await again?.();
  const stopped = { outputs: {}, error: { class: 'cancelled', reason: 'asked', params: {} } };
  expect(turns).toEqual([stopped, stopped]);
  expect(run.of('step-start').map(({ scope }) => scope)).toEqual(['', 'box/0']);
  expect(run.of('step-end').find(({ node }) => node === 'inner')).toMatchObject({ status: 'cancelled', scope: 'box/0' });
});

test('a turn that fails gives what was complete, beside its error', async () => {
  const fails = nodeType('fails', { in: ['item'], out: ['text'], types: any }, () => {
    throw Object.assign(new Error('x'), { errorClass: 'auth', reason: 'refused' });
  });
  const box = container(async ({ inside }) => ({ text: (await inside.run(0, { item: 'x' })) as never }));
  const { done } = await runToEnd(planOf(flow('fails'), box, fails));
  expect(done.outputs).toMatchObject({ b: { outputs: {}, error: { class: 'auth', reason: 'refused', node: 'inner' } } });
});

test('turns have a limit', async () => {
  let made = 0;
  const box = container(async ({ inside }) => {
    for (;;) {
      await inside.run(made, { item: 'x' });
      made += 1;
    }
  });
  const { done } = await runToEnd(planOf(flow('echo'), box, echo));
  expect(made).toBe(runLimits.turns);
  expect(done.error).toMatchObject({ class: 'invalid_input', reason: 'too_many_turns', params: { limit: runLimits.turns }, node: 'box' });
});

test('a closed value from outside is closed in every turn, with its own reason', async () => {
  const none = nodeType('none', { out: ['text'] });
  const box = container(async ({ inside }) => {
    await inside.run(0, { item: 'x' });
    await inside.run(1, { item: 'x' });
    return { text: 'done' };
  });
  const outer = flowOf({ none: 'none', box: 'box', inner: { type: 'echo', parent: 'box' }, out: 'both' }, [
    'none.text > inner.item',
    'box.text > out.b',
  ]);
  const { done, of } = await runToEnd(planOf(outer, none, box, echo));
  expect(done.outputs).toEqual({ b: 'done' });
  const skipped = of('step-end').filter(({ node }) => node === 'inner');
  const reason = { code: 'branch', node: 'none', port: 'text' };
  expect(skipped).toMatchObject([
    { status: 'skipped', scope: 'box/0', reason },
    { status: 'skipped', scope: 'box/1', reason },
  ]);
});

test('turns of a later try have a scope of their own', async () => {
  let tries = 0;
  const box = container(async ({ inside }) => {
    tries += 1;
    await inside.run(0, { item: 'x' });
    if (tries === 1) throw Object.assign(new Error('x'), { errorClass: 'timeout', reason: 'slow' });
    return { text: 'done' };
  });
  const again = flow('echo');
  const nodes = { ...again.nodes, box: { type: 'box', config: {}, onError: { rule: 'retry' as const, tries: 2, backoffMs: 0 } } };
  const { done, of } = await runToEnd(planOf({ ...again, nodes }, box, echo));
  expect(done.outputs).toEqual({ b: 'done' });
  expect(of('step-start').map(({ scope, node }) => `${scope}:${node}`)).toEqual([':box', 'box/0:inner', 'box~2/0:inner', ':out']);
});
