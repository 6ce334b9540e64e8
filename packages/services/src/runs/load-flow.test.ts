import { expect, test } from 'vitest';
import type { Ctx } from '../context.ts';
import { createFlow } from '../flows/create-flow.ts';
import { publishFlow } from '../flows/publish-flow.ts';
import { readVersion } from '../flows/read-version.ts';
import { saveDraft } from '../flows/save-draft.ts';
import { fixture, greeting } from '../testing.ts';
import { flowLoader } from './load-flow.ts';
import { prepareDraftRun, preparePublishedRun } from './prepare-run.ts';
import { readRun } from './read-run.ts';
import { runAsStream, type SentEvent } from './run-as-stream.ts';
import { runToEnd } from './run-to-end.ts';

/** A flow whose one step runs another. */
const calling = (config: object): string =>
  JSON.stringify({
    format: 'patchbay/flow',
    version: 1,
    name: 'Calling',
    nodes: {
      in: { type: 'input', config: { fields: [{ id: 'name' }] } },
      call: { type: 'sub_flow', config: { inputs: [{ id: 'name' }], outputs: [{ id: 'greeting' }], ...config } },
      out: { type: 'output', config: { fields: [{ id: 'greeting' }] } },
    },
    edges: [
      { from: 'in.name', to: 'call.name' },
      { from: 'call.greeting', to: 'out.greeting' },
    ],
    layout: {},
  });
const body = { inputs: { name: 'Ada' } };
const draft = async (ctx: Ctx, text: string) => {
  const { id } = await createFlow({ ctx, input: { text } });
  return prepareDraftRun({ ctx, input: { id, body } });
};
const run = async (ctx: Ctx, text: string) => runToEnd(ctx, await draft(ctx, text));

test('a step runs a published flow of the workspace, and its steps stand in the record', async () => {
  const { ctx, publish } = await fixture();
  const id = await publish(greeting('demo/echo'), 'greet');
  const prepared = await draft(ctx, calling({ flow: 'greet' }));
  const result = await runToEnd(ctx, prepared);
  expect(result).toMatchObject({ status: 'succeeded', outputs: { greeting: 'Hello Ada!' }, simulated: true, usage: { calls: 1 } });
  const { steps } = await readRun({ ctx, input: { id: prepared.id } });
  expect(steps).toContainEqual(expect.objectContaining({ node: 'ask', scope: 'call', model: 'demo/echo' }));
  expect((await run(ctx, calling({ flow: id }))).outputs).toEqual({ greeting: 'Hello Ada!' });
});

test('the texts of the other flow stream to the caller', async () => {
  const { ctx, publish } = await fixture();
  await publish(greeting('demo/echo'), 'greet');
  await publish(calling({ flow: 'greet' }), 'calling');
  const prepared = await preparePublishedRun({ ctx, input: { slug: 'calling', body } });
  const events: SentEvent[] = [];
  for await (const event of runAsStream(ctx, prepared)) events.push(event);
  expect(events.flatMap((event) => (event.type === 'output-chunk' ? [event.text] : [])).join('')).toBe('Hello Ada!');
  expect(events.some((event) => event.type === 'step-chunk' || (event.type === 'step-end' && event.outputs !== undefined))).toBe(false);
});

test('publishing freezes the number: what the other flow becomes later changes nothing', async () => {
  const { ctx, publish } = await fixture();
  const greet = await publish(greeting(), 'greet');
  const id = await publish(calling({ flow: 'greet' }), 'calling');
  await publishFlow({ ctx, input: { id: greet } });
  const { flow } = await readVersion({ ctx, input: { id, version: '1' } });
  expect(flow.nodes['call']?.config).toMatchObject({ version: 'number', number: 1 });
  const prepared = await preparePublishedRun({ ctx, input: { slug: 'calling', body } });
  expect((await runToEnd(ctx, prepared)).outputs).toEqual({ greeting: 'Hello Ada!' });
});

test('a flow that is not published, or a draft, cannot be published along', async () => {
  const { ctx, publish } = await fixture();
  await publish(greeting(), 'greet');
  for (const [config, pointer] of [
    [{ flow: 'gone' }, '/nodes/call/config/flow'],
    [{ flow: 'greet', version: 'number', number: 9 }, '/nodes/call/config/flow'],
    [{ flow: 'greet', version: 'draft' }, '/nodes/call/config/version'],
  ] as const) {
    const { id } = await createFlow({ ctx, input: { text: calling(config) } });
    await expect(publishFlow({ ctx, input: { id } })).rejects.toMatchObject({ reason: 'flow_has_problems', errors: [{ pointer }] });
  }
});

test('a test run may run a draft; a run of a version may not', async () => {
  const { ctx } = await fixture();
  const { slug } = await createFlow({ ctx, input: { text: greeting() } });
  expect((await run(ctx, calling({ flow: slug, version: 'draft' }))).outputs).toEqual({ greeting: 'Hello Ada!' });
  const prepared = await draft(ctx, calling({ flow: slug, version: 'draft' }));
  const asCaller = { ...prepared, loadFlow: flowLoader(ctx, 'api', []) };
  expect((await runToEnd(ctx, asCaller)).error).toMatchObject({ class: 'invalid_input', reason: 'flow_draft_in_tests' });
});

test('flows that are not there, of another workspace, or do not take the inputs are refused in words', async () => {
  const { ctx, publish } = await fixture();
  await publish(greeting(), 'greet');
  expect((await run(ctx, calling({ flow: 'gone' }))).error).toMatchObject({
    reason: 'flow_not_found',
    params: { flow: 'gone' },
    node: 'call',
  });
  const elsewhere = await draft(ctx, calling({ flow: 'greet' }));
  const foreign = { ...elsewhere, loadFlow: flowLoader({ ...ctx, workspaceId: 'other' }, 'test', []) };
  expect((await runToEnd(ctx, foreign)).error).toMatchObject({ reason: 'flow_not_found' });
  const wrong = calling({ flow: 'greet', inputs: [{ id: 'nobody' }] }).replace('call.name', 'call.nobody');
  expect((await run(ctx, wrong)).error).toMatchObject({ reason: 'flow_inputs_refused', params: { flow: 'greet' } });
});

test('a flow cannot run itself', async () => {
  const { ctx, services } = await fixture();
  const { id, slug, etag } = await createFlow({ ctx, input: { text: greeting() } });
  await saveDraft({ ctx, input: { id, ifMatch: etag, text: calling({ flow: slug, version: 'draft' }) } });
  const result = await runToEnd(ctx, await prepareDraftRun({ ctx, input: { id, body } }));
  expect(result.error).toMatchObject({ class: 'invalid_input', reason: 'flow_calls_itself' });
  expect(services.deps.liveRuns.size).toBe(0);
});

test('what a mask of the other flow hides is not in the record', async () => {
  const { ctx, publish } = await fixture();
  const masking = JSON.parse(greeting()) as { nodes: Record<string, object>; edges: object[] };
  masking.nodes['mask'] = { type: 'mask', config: {} };
  masking.edges = [
    { from: 'in.name', to: 'mask.text' },
    { from: 'mask.text', to: 'say.name' },
    { from: 'say.text', to: 'out.greeting' },
  ];
  await publish(JSON.stringify(masking), 'greet');
  const { id } = await createFlow({ ctx, input: { text: calling({ flow: 'greet' }) } });
  const prepared = await prepareDraftRun({ ctx, input: { id, body: { inputs: { name: 'ada@example.org' } } } });
  await runToEnd(ctx, prepared);
  expect(JSON.stringify(await readRun({ ctx, input: { id: prepared.id } }))).not.toContain('ada@example.org');
});
