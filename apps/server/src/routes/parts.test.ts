import { startFakeProvider } from '@patchbay/testing';
import { expect, onTestFinished, test } from 'vitest';
import { bearer, modelFlow, readEvents, readJson, startTestServer } from '../test-server.ts';

const long = { timeout: 60_000 };
const inputs = { name: 'Ada' };

async function serverWith(flow: object) {
  const provider = await startFakeProvider();
  onTestFinished(() => provider.close());
  const server = await startTestServer({ OPENAI_BASE_URL: provider.url, OPENAI_MODEL: 'm' });
  const { id } = await readJson(await server.asOwner('POST', '/api/flows', flow), 201);
  return { ...server, provider, flow: `/api/flows/${id}` };
}

test('a part of a draft, its pins and a replay over HTTP', long, async () => {
  const { asOwner, provider, flow } = await serverWith(modelFlow('openai'));
  const first = await readJson(await asOwner('POST', `${flow}/runs`, { inputs }));
  expect(first['run']).not.toHaveProperty('reused');
  const part = await readJson(await asOwner('POST', `${flow}/runs`, { only: ['say'] }));
  expect(part['run'].reused).toMatchObject([
    { node: 'ask', scope: '', origin: { kind: 'run', run: first['run'].id }, ageMs: expect.any(Number) },
  ]);
  const pinned = await readJson(await asOwner('PUT', `${flow}/pins/ask`, { outputs: { text: 'pinned' } }));
  expect(pinned).toMatchObject({ node: 'ask', outputs: { text: 'pinned' } });
  expect(await readJson(await asOwner('GET', `${flow}/pins`))).toEqual({ pins: [pinned] });
  expect(await readJson(await asOwner('POST', `${flow}/runs`, { inputs }))).toMatchObject({ outputs: { greeting: 'pinned' } });
  expect((await asOwner('DELETE', `${flow}/pins/ask`)).status).toBe(204);
  expect(await readJson(await asOwner('PUT', `${flow}/pins/ask`, { outputs: { text: 1 } }), 400)).toMatchObject({
    errors: [{ pointer: '/outputs/text' }],
  });
  const events = readEvents(
    await (await asOwner('POST', `/api/runs/${first['run'].id}/replay`, {}, { accept: 'text/event-stream' })).text(),
  );
  expect(events.at(-1)).toMatchObject({ event: 'run-end', data: { status: 'succeeded', outputs: first['outputs'] } });
  const ask = events.find(({ event, data }) => event === 'step-end' && data['node'] === 'ask');
  expect(ask?.data).toMatchObject({ recalled: true, origin: { run: first['run'].id }, outputs: { text: 'Hello Ada!' } });
  expect(await readJson(await asOwner('POST', `/api/runs/${first['run'].id}/replay`))).toMatchObject({ outputs: first['outputs'] });
  expect(provider.calls).toHaveLength(1);
});

test('parts, pins and replays are for who may manage', long, async () => {
  const { asOwner, send, flow, makeKey } = await serverWith(modelFlow('demo/echo'));
  const { run } = await readJson(await asOwner('POST', `${flow}/runs`, { inputs }));
  const headers = bearer(await makeKey(['run', 'read']));
  for (const [method, path, body] of [
    ['POST', `${flow}/runs`, { only: ['say'] }],
    ['GET', `${flow}/pins`, undefined],
    ['PUT', `${flow}/pins/ask`, { outputs: { text: 'x' } }],
    ['DELETE', `${flow}/pins/ask`, undefined],
    ['POST', `/api/runs/${run.id}/replay`, {}],
  ] as const) {
    expect((await send(method, path, body, headers)).status, path).toBe(403);
  }
});

test('a part of a flow that waits is durable: its pins and the values it reuses are there when it goes on', long, async () => {
  const fields = [{ id: 'approved', title: 'Approved', type: 'boolean', required: true }];
  const base = modelFlow('openai');
  const { asOwner, provider, flow, services } = await serverWith({
    ...base,
    nodes: {
      ...base.nodes,
      wait: { type: 'wait_person', config: { message: 'Send “{{draft}}”?', fields } },
      last: { type: 'prompt', config: { template: '{{draft}} {{yes}}' } },
    },
    edges: [
      { from: 'in.name', to: 'say.name' },
      { from: 'say.text', to: 'ask.prompt' },
      { from: 'ask.text', to: 'wait.draft' },
      { from: 'ask.text', to: 'last.draft' },
      { from: 'wait.approved', to: 'last.yes' },
      { from: 'last.text', to: 'out.greeting' },
    ],
  });
  await readJson(await asOwner('PUT', `${flow}/pins/say`, { outputs: { text: 'Pinned' } }));
  const { run } = await readJson(await asOwner('POST', `${flow}/runs`, { inputs }), 202);
  const answer = async (id: string, approved: boolean) => {
    const { waits } = await readJson(await asOwner('GET', `/api/runs/${id}`));
    expect((await asOwner('POST', `/api/runs/${id}/answers/${waits[0].id}`, { values: { approved } })).status).toBe(204);
    return readEvents(await (await asOwner('GET', `/api/runs/${id}/events`)).text()).at(-1)?.data;
  };
  expect(await answer(run.id, true)).toMatchObject({ status: 'succeeded', outputs: { greeting: 'Pinned true' } });
  expect(provider.calls).toHaveLength(1);
  const later = await readJson(await asOwner('POST', `${flow}/runs`, { inputs, from: 'wait', reuse: run.id }), 202);
  expect(await answer(later.run.id, false)).toMatchObject({ outputs: { greeting: 'Pinned false' } });
  const stored = await readJson(await asOwner('GET', `/api/runs/${later.run.id}`));
  expect(stored['run'].reused).toMatchObject([
    { node: 'say', origin: { kind: 'pin' } },
    { node: 'ask', origin: { kind: 'run', run: run.id } },
  ]);
  // A replay does not wait: what was answered stands in the record.
  expect(await readJson(await asOwner('POST', `/api/runs/${later.run.id}/replay`))).toMatchObject({
    outputs: { greeting: 'Pinned false' },
  });
  expect(provider.calls).toHaveLength(1);
  const row = await services.deps.database.runs.read('ws_local', later.run.id);
  expect(JSON.parse(row?.detail ?? '{}').making).toMatchObject({ from: 'wait', reuse: run.id });
  expect(JSON.parse(row?.detail ?? '{}').making).not.toHaveProperty('pins');
});
