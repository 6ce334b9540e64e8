import { connect } from 'node:net';
import { startFakeProvider } from '@patchbay/testing';
import { expect, onTestFinished, test } from 'vitest';
import { type Listening, listen } from './serve.ts';
import { bearer, modelFlow, plainFlow, readEvents, startTestServer, type TestServer } from './test-server.ts';

const inputs = JSON.stringify({ inputs: { name: 'Ada' } });

async function listening(environment: Record<string, string> = {}): Promise<{ server: TestServer; url: string; listener: Listening }> {
  const server = await startTestServer(environment);
  const listener = await listen(server.app, '127.0.0.1', 0);
  onTestFinished(() => listener.stop(100));
  return { server, url: `http://127.0.0.1:${listener.port}`, listener };
}

const until = async (what: () => boolean): Promise<void> => {
  for (let turn = 0; turn < 500 && !what(); turn += 1) await new Promise((resolve) => setTimeout(resolve, 10));
  expect(what()).toBe(true);
};

test('a caller that leaves a stream ends the provider’s call and the run', async () => {
  const provider = await startFakeProvider({ reply: { text: 'word '.repeat(2_000), chunkDelayMs: 20 } });
  onTestFinished(() => provider.close());
  const { server, url } = await listening({ OPENAI_BASE_URL: provider.url, OPENAI_MODEL: 'm' });
  await server.publish(modelFlow('auto'), 'ask');
  const headers = { ...bearer(await server.makeKey(['run'])), accept: 'text/event-stream', 'content-type': 'application/json' };
  const leave = new AbortController();
  const response = await fetch(`${url}/v1/flows/ask/runs`, { method: 'POST', headers, body: inputs, signal: leave.signal });
  const reader = response.body?.getReader();
  let text = '';
  while (!text.includes('output-chunk')) text += new TextDecoder().decode((await reader?.read())?.value);
  expect(provider.calls[0]?.aborted).toBe(false);
  leave.abort();
  await until(() => provider.calls[0]?.aborted === true);
  await until(() => server.services.deps.liveRuns.size === 0);
  const [run] = await server.services.deps.database.runs.list('ws_local', { limit: 5 });
  expect(run).toMatchObject({ status: 'cancelled', source: 'api' });
});

test('a caller that leaves before the answer ends the provider’s call too', async () => {
  const provider = await startFakeProvider({ reply: { fault: { kind: 'hang' } } });
  onTestFinished(() => provider.close());
  const { server, url } = await listening({ OPENAI_BASE_URL: provider.url, OPENAI_MODEL: 'm' });
  await server.publish(modelFlow('auto'), 'ask');
  const key = await server.makeKey(['run']);
  for (const accept of ['application/json', 'text/event-stream']) {
    const before = provider.calls.length;
    const leave = new AbortController();
    const headers = { ...bearer(key), accept, 'content-type': 'application/json' };
    const answer = fetch(`${url}/v1/flows/ask/runs`, { method: 'POST', headers, body: inputs, signal: leave.signal });
    await provider.waitForCalls(before + 1);
    leave.abort();
    await answer.catch(() => {});
    await until(() => provider.calls[before]?.aborted === true);
    await until(() => server.services.deps.liveRuns.size === 0);
  }
  const runs = await server.services.deps.database.runs.list('ws_local', { limit: 5 });
  expect(runs.map(({ status }) => status)).toEqual(['cancelled', 'cancelled']);
});

test('cancelling by id ends a run that somebody waits for', async () => {
  const provider = await startFakeProvider({ reply: { fault: { kind: 'hang' } } });
  onTestFinished(() => provider.close());
  const { server, url } = await listening({ OPENAI_BASE_URL: provider.url, OPENAI_MODEL: 'm' });
  await server.publish(modelFlow('auto'), 'ask');
  const headers = { ...bearer(await server.makeKey(['run'])), 'content-type': 'application/json' };
  const answer = fetch(`${url}/v1/flows/ask/runs`, { method: 'POST', headers, body: inputs });
  await provider.waitForCalls(1);
  const [id] = server.services.deps.liveRuns.keys();
  expect((await server.asOwner('POST', `/api/runs/${id}/cancel`)).status).toBe(204);
  expect((await answer).status).toBe(499);
  expect((await server.asOwner('POST', `/api/runs/${id}/cancel`)).status).toBe(409);
  expect((await server.asOwner('POST', '/api/runs/run_none/cancel')).status).toBe(404);
});

test('the first event leaves before the provider has said anything', async () => {
  const provider = await startFakeProvider({ reply: { fault: { kind: 'hang' } } });
  onTestFinished(() => provider.close());
  const { server, url } = await listening({ OPENAI_BASE_URL: provider.url, OPENAI_MODEL: 'm' });
  await server.publish(modelFlow('auto'), 'ask');
  const headers = { ...bearer(await server.makeKey(['run'])), accept: 'text/event-stream', 'content-type': 'application/json' };
  const leave = new AbortController();
  const response = await fetch(`${url}/v1/flows/ask/runs`, { method: 'POST', headers, body: inputs, signal: leave.signal });
  const first = await response.body?.getReader().read();
  expect(readEvents(new TextDecoder().decode(first?.value))[0]?.event).toBe('run-start');
  leave.abort();
});

test('a hundred calls at once each get their own answer and their own record', async () => {
  const { server, url } = await listening();
  await server.publish(plainFlow, 'greet');
  const headers = { ...bearer(await server.makeKey(['run'])), 'content-type': 'application/json' };
  const names = Array.from({ length: 100 }, (_, at) => `n${at}`);
  const answers = await Promise.all(
    names.map(async (name) => {
      const response = await fetch(`${url}/v1/flows/greet/runs`, { method: 'POST', headers, body: JSON.stringify({ inputs: { name } }) });
      return (await response.json()) as { outputs: { greeting: string }; run: { id: string } };
    }),
  );
  expect(answers.map(({ outputs }) => outputs.greeting)).toEqual(names.map((name) => `Hello ${name}!`));
  expect(await server.services.deps.database.runs.list('ws_local', { limit: 200 })).toHaveLength(100);
});

test('raw nonsense on the socket is answered or closed, and the server lives', async () => {
  const { url } = await listening();
  const { port } = new URL(url);
  const raw = (text: string): Promise<string> =>
    new Promise((resolve) => {
      let answer = '';
      const socket = connect(Number(port), '127.0.0.1', () => socket.end(text));
      socket.setTimeout(2_000, () => socket.destroy());
      socket.on('data', (chunk) => {
        answer += chunk.toString();
      });
      socket.on('close', () => resolve(answer));
      socket.on('error', () => resolve(answer));
    });
  const headers = Array.from({ length: 5_000 }, (_, at) => `X-${at}: y`).join('\r\n');
  const requests = [
    'hello\r\n\r\n',
    'GET / HTTP/1.1\r\n\r\n',
    'GET /\\evil HTTP/1.1\r\nHost: 127.0.0.1\r\nConnection: close\r\n\r\n',
    'GET //evil.example/ HTTP/1.1\r\nHost: 127.0.0.1\r\nConnection: close\r\n\r\n',
    'GET http://evil.example/ HTTP/1.1\r\nHost: 127.0.0.1\r\nConnection: close\r\n\r\n',
    'GET / HTTP/1.1\r\nHost: a b\r\nConnection: close\r\n\r\n',
    `GET / HTTP/1.1\r\nHost: 127.0.0.1\r\n${headers}\r\n\r\n`,
    'POST /api/flows HTTP/1.1\r\nHost: 127.0.0.1\r\nContent-Type: application/json\r\nContent-Length: 5\r\nTransfer-Encoding: chunked\r\n\r\n0\r\n\r\n',
  ];
  for (const request of requests) {
    const answer = await raw(request);
    expect(
      answer === '' || /^HTTP\/1\.1 (?:4\d\d|5\d\d|200)/.test(answer),
      JSON.stringify([request.slice(0, 40), answer.slice(0, 80)]),
    ).toBe(true);
    expect(answer).not.toMatch(/node_modules|at Object/);
  }
  expect((await fetch(`${url}/health`)).status).toBe(200);
});
