import { StorageError } from '@patchbay/db';
import { parseFlow } from '@patchbay/flow';
import { expect, test, vi } from 'vitest';
import { createFlow } from '../flows/create-flow.ts';
import { asks, bench, flowText, input, output, says } from '../reuse/testing.ts';
import { fixture } from '../testing.ts';
import { answerWait } from './answer-wait.ts';
import { flowCalls } from './flow-calls.ts';
import { prepareDraftRun, preparePublishedRun } from './prepare-run.ts';
import { readRun } from './read-run.ts';
import { startDurableRun } from './start-durable-run.ts';

const hi = { inputs: { text: 'hi' } };
const wait = {
  type: 'wait_person',
  config: { message: 'May it?', fields: [{ id: 'yes', title: 'Yes', type: 'boolean', required: true }] },
};
const waiting = flowText({ in: input, wait, last: says('{{yes}}'), out: output }, ['wait.yes > last.yes', 'last.text > out.reply']);
const plain = flowText({ in: input, say: says('{{text}}'), out: output }, ['in.text > say.text', 'say.text > out.reply']);
const calling = (flow: string, version: object = {}) =>
  flowText(
    {
      in: input,
      call: { type: 'sub_flow', config: { flow, ...version, inputs: [{ id: 'text' }], outputs: [{ id: 'reply' }] } },
      out: output,
    },
    ['in.text > call.text', 'call.reply > out.reply'],
  );

async function waitsOf(text: string, others: Record<string, string>) {
  const { ctx, publish } = await fixture();
  for (const [slug, other] of Object.entries(others)) await publish(other, slug);
  const { id } = await createFlow({ ctx, input: { text } });
  return (await prepareDraftRun({ ctx, input: { id, body: hi } })).target.waits;
}

test('a flow that runs one which may wait is durable itself, through any number of flows', async () => {
  expect(await waitsOf(calling('inner'), { inner: waiting })).toBe(true);
  expect(await waitsOf(calling('middle'), { inner: waiting, middle: calling('inner') })).toBe(true);
  expect(await waitsOf(calling('inner', { version: 'number', number: 1 }), { inner: plain })).toBe(false);
  expect(await waitsOf(calling('nothing'), {})).toBe(false);
});

test('of a published flow too, and again without looking', async () => {
  const { ctx, publish } = await fixture();
  await publish(waiting, 'inner');
  await publish(calling('inner'), 'outer');
  for (let turn = 0; turn < 2; turn += 1) {
    expect((await preparePublishedRun({ ctx, input: { slug: 'outer', body: hi } })).target.waits).toBe(true);
  }
});

test('a store that does not answer is no flow that is not there, and one that comes is seen', async () => {
  const { ctx, publish } = await fixture();
  const inner = await publish(plain, 'inner');
  await publish(calling('inner', { version: 'number', number: 1 }), 'outer');
  const { versions } = ctx.deps.database;
  const { findPublished } = versions;
  const prepare = async () => (await preparePublishedRun({ ctx, input: { slug: 'outer', body: hi } })).target.waits;
  const failing = vi
    .spyOn(versions, 'findPublished')
    .mockImplementation((workspaceId, flowId, version) =>
      flowId === inner ? Promise.reject(new StorageError('busy', 'busy')) : findPublished(workspaceId, flowId, version),
    );
  await expect(prepare()).rejects.toMatchObject({ reason: 'busy' });
  failing.mockImplementation(async (workspaceId, flowId, version) =>
    flowId === inner ? undefined : findPublished(workspaceId, flowId, version),
  );
  expect(await prepare()).toBe(false);
  const there = await findPublished(ctx.workspaceId, inner, 1);
  failing.mockImplementation(async (workspaceId, flowId, version) =>
    flowId === inner ? there && { ...there, version: 2, document: waiting } : findPublished(workspaceId, flowId, version),
  );
  expect(await prepare()).toBe(true);
});

test('the flows that steps and tools name are told as they are named', async () => {
  const { flow } = parseFlow(
    flowText(
      {
        in: input,
        a: { type: 'sub_flow', config: { flow: ' one ' } },
        b: { type: 'sub_flow', config: { flow: 'two', version: 'number', number: 3 } },
        c: { type: 'sub_flow', config: { flow: 'three', version: 'draft' } },
        off: { type: 'sub_flow', config: { flow: 'four' }, bypass: true },
        agent: { type: 'agent', config: { tools: [{ kind: 'flow', flow: 'five' }, { kind: 'calculator' }] } },
        ask: asks,
      },
      [],
    ),
  );
  expect(flow && flowCalls(flow)).toEqual([
    { flow: 'one', version: null },
    { flow: 'two', version: 3 },
    { flow: 'three', version: 'draft' },
    { flow: 'five', version: null },
  ]);
});

test('a test run that meets a wait inside another flow is put aside, and goes on with the answer', { timeout: 60_000 }, async () => {
  const { ctx, publish, id } = await bench(calling('inner'));
  await publish(waiting, 'inner');
  const prepared = await prepareDraftRun({ ctx, input: { id, body: hi } });
  const started = await startDurableRun(ctx, { prepared, body: hi, key: undefined, waits: true, streams: false });
  expect(started.kind === 'started' && (await started.outcome)).toMatchObject({ kind: 'waiting' });
  const waits = await ctx.deps.database.waits.list(ctx.workspaceId, started.id);
  await answerWait({ ctx, input: { id: started.id, wait: waits[0]?.id ?? '', body: { values: { yes: true } } } });
  await vi.waitFor(async () => {
    const { run } = await readRun({ ctx, input: { id: started.id } });
    expect(run.status).toBe('succeeded');
  }, 10_000);
});

test('a run that goes on hides what a flow inside it hid before it was put aside', { timeout: 60_000 }, async () => {
  const hiding = flowText({ in: input, hide: { type: 'mask' }, out: output }, ['in.text > out.reply', 'in.text > hide.text']);
  const outer = flowText(
    {
      in: input,
      call: { type: 'sub_flow', config: { flow: 'inner', inputs: [{ id: 'text' }], outputs: [{ id: 'reply' }] } },
      wait: { ...wait, config: { ...wait.config, message: '{{text}}' } },
      out: output,
    },
    ['in.text > call.text', 'call.reply > wait.text', 'call.reply > out.reply'],
  );
  const { ctx, publish, id } = await bench(outer);
  await publish(hiding, 'inner');
  const prepared = await prepareDraftRun({ ctx, input: { id, body: { inputs: { text: 'to zoe@example.com' } } } });
  const started = await startDurableRun(ctx, { prepared, body: {}, key: undefined, waits: true, streams: false });
  expect(started.kind === 'started' && (await started.outcome)).toMatchObject({ kind: 'waiting' });
  const waits = await ctx.deps.database.waits.list(ctx.workspaceId, started.id);
  await answerWait({ ctx, input: { id: started.id, wait: waits[0]?.id ?? '', body: { values: { yes: true } } } });
  const detail = await vi.waitFor(async () => {
    const read = await readRun({ ctx, input: { id: started.id } });
    expect(read.run.status).toBe('succeeded');
    return read;
  }, 40_000);
  expect(detail.masked).toBe(true);
  expect(JSON.stringify(detail)).not.toContain('zoe@example.com');
});
