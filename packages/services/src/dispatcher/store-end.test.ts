import { startFakeProvider } from '@patchbay/testing';
import { expect, onTestFinished, test } from 'vitest';
import { preparePublishedRun } from '../runs/prepare-run.ts';
import { startDurableRun } from '../runs/start-durable-run.ts';
import { fixture } from '../testing.ts';

/** Hides addresses before a model sees them. */
const masking = JSON.stringify({
  format: 'patchbay/flow',
  version: 1,
  name: 'Masking',
  nodes: {
    in: { type: 'input', config: { fields: [{ id: 'name', title: 'Name', type: 'text' }] } },
    hide: { type: 'mask', config: {} },
    ask: { type: 'model', config: { model: 'auto' } },
    out: { type: 'output', config: { fields: [{ id: 'reply', title: 'Reply', type: 'text' }] } },
  },
  edges: [
    { from: 'in.name', to: 'hide.text' },
    { from: 'hide.text', to: 'ask.prompt' },
    { from: 'ask.text', to: 'out.reply' },
  ],
  layout: {},
});

test('what a flow hides is kept as long as its run needs it, and is gone with its end', { timeout: 60_000 }, async () => {
  const provider = await startFakeProvider();
  onTestFinished(() => provider.close());
  provider.script({ fault: { kind: 'hang' } });
  const { ctx, publish, again } = await fixture({ OPENAI_BASE_URL: provider.url, OPENAI_MODEL: 'm' });
  await publish(masking, 'mask');
  const body = { inputs: { name: 'Write to ada@example.com' } };
  const prepared = await preparePublishedRun({ ctx, input: { slug: 'mask', body } });
  const { id } = await startDurableRun(ctx, { prepared, body, key: undefined, waits: false, streams: false });
  await provider.waitForCalls(1);
  const next = await again();
  const stored = async () => {
    const { journal } = next.deps.database;
    return JSON.stringify([await journal.read(ctx.workspaceId, id), await journal.entries(ctx.workspaceId, id)]);
  };
  await expect.poll(stored, { timeout: 40_000 }).toContain('"status":"succeeded"');
  expect(await stored()).not.toContain('ada@example.com');
  expect(await stored()).toContain('[EMAIL');
  // The model had the same words both times: the second attempt worked on what was really said.
  const asked = provider.calls.map(({ body: sent }) => JSON.stringify((sent as { messages: unknown }).messages));
  expect(asked).toHaveLength(2);
  expect(asked[0]).toBe(asked[1]);
});
