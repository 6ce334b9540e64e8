import { type FakeProvider, startFakeProvider } from '@patchbay/testing';
import { expect, onTestFinished, test } from 'vitest';
import { listen } from '../serve.ts';
import { bearer, plainFlow, readEvents, readJson, startTestServer, type TestServer } from '../test-server.ts';

/** Three model steps at once, and a fourth that reads all three. */
const branches = {
  ...plainFlow,
  name: 'Branches',
  nodes: {
    ...plainFlow.nodes,
    a: { type: 'model', config: { model: 'auto' } },
    b: { type: 'model', config: { model: 'auto' } },
    c: { type: 'model', config: { model: 'auto' } },
    last: { type: 'model', config: { model: 'auto' }, fanIn: { prompt: 'text' } },
  },
  edges: [
    { from: 'in.name', to: 'say.name' },
    ...['a', 'b', 'c'].flatMap((id) => [
      { from: 'say.text', to: `${id}.prompt` },
      { from: `${id}.text`, to: 'last.prompt' },
    ]),
    { from: 'last.text', to: 'out.greeting' },
  ],
};

interface Running {
  server: TestServer;
  provider: FakeProvider;
  start(accept: string, signal?: AbortSignal): Promise<Response>;
}

/** A server on a socket with the flow published, and a provider that writes on and on. */
async function running(): Promise<Running> {
  const provider = await startFakeProvider({
    reply: ({ stream }) => (stream ? { text: 'word '.repeat(5_000), chunkDelayMs: 20 } : { fault: { kind: 'hang' } }),
  });
  onTestFinished(() => provider.close());
  const server = await startTestServer({ OPENAI_BASE_URL: provider.url, OPENAI_MODEL: 'm' });
  const listener = await listen(server.app, '127.0.0.1', 0);
  onTestFinished(() => listener.stop(100));
  await server.publish(branches, 'branches');
  const key = await server.makeKey(['run']);
  return {
    server,
    provider,
    start: (accept, signal) =>
      fetch(`http://127.0.0.1:${listener.port}/v1/flows/branches/runs`, {
        method: 'POST',
        headers: { ...bearer(key), accept, 'content-type': 'application/json' },
        body: JSON.stringify({ inputs: { name: 'Ada' } }),
        ...(signal === undefined ? {} : { signal }),
      }),
  };
}

const kinds = ['application/json', 'text/event-stream'];
const wait = { timeout: 20_000 };

async function expectStopped({ server, provider }: Running): Promise<Record<string, unknown>> {
  await expect.poll(() => provider.calls.map((call) => call.aborted), wait).toEqual([true, true, true]);
  await expect.poll(() => server.services.deps.liveRuns.size, wait).toBe(0);
  // Long enough for a step that would start late.
  await new Promise((resolve) => setTimeout(resolve, 300));
  expect(provider.calls).toHaveLength(3);
  const { runs } = await readJson(await server.asOwner('GET', '/api/runs'));
  expect(runs[0]).toMatchObject({ status: 'cancelled', usage: { calls: 3, estimated: true } });
  const detail = await readJson(await server.asOwner('GET', `/api/runs/${runs[0].id}`));
  const ends = Object.fromEntries(detail['steps'].map(({ node, status }: { node: string; status: string }) => [node, status]));
  expect(ends).toMatchObject({ a: 'cancelled', b: 'cancelled', c: 'cancelled' });
  expect(ends['last']).not.toBe('succeeded');
  return detail['error'];
}

test.each(kinds)('R11: a caller of %s that leaves ends every call under way, and what they cost is estimated', async (accept) => {
  const all = await running();
  const leave = new AbortController();
  const answer = all.start(accept, leave.signal).then((response) => response.text());
  answer.catch(() => {});
  await all.provider.waitForCalls(3);
  leave.abort();
  await expect(answer).rejects.toThrow();
  expect(await expectStopped(all)).toMatchObject({ class: 'cancelled', reason: 'caller_left' });
});

test.each(kinds)('R12: stopping ends every branch under way; nothing starts after; a caller of %s is told', async (accept) => {
  const all = await running();
  const answer = all.start(accept).then(async (response) => ({ status: response.status, text: await response.text() }));
  await all.provider.waitForCalls(3);
  const [id] = all.server.services.deps.liveRuns.keys();
  expect((await all.server.asOwner('POST', `/api/runs/${id}/cancel`)).status).toBe(204);
  const { status, text } = await answer;
  if (accept === 'application/json') {
    expect(status).toBe(499);
    expect(JSON.parse(text)).toMatchObject({ code: 'cancelled', runId: id, run: { status: 'cancelled' } });
  } else {
    expect(readEvents(text).at(-1)).toMatchObject({ event: 'run-end', data: { status: 'cancelled', error: { class: 'cancelled' } } });
  }
  expect(await expectStopped(all)).toMatchObject({ class: 'cancelled', reason: 'asked' });
});
