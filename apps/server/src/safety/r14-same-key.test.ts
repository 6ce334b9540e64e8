import { startFakeProvider } from '@patchbay/testing';
import { expect, onTestFinished, test } from 'vitest';
import { modelFlow, scratchFolder } from '../test-server.ts';
import { pause, publish } from './crash/client.ts';
import { type ServerProcess, startServer } from './crash/server-process.ts';
import { readStore } from './crash/store.ts';

const asked = 100;

interface Told {
  status: number;
  replayed: boolean;
  // biome-ignore lint/suspicious/noExplicitAny: a test reads what it asserts.
  json: any;
}

async function installation(reply: () => object) {
  const provider = await startFakeProvider({ reply });
  onTestFinished(() => provider.close());
  const dataFolder = scratchFolder();
  const start = async (): Promise<ServerProcess> => {
    const server = await startServer(dataFolder, { OPENAI_BASE_URL: provider.url, OPENAI_MODEL: 'm' });
    onTestFinished(() => server.signal('SIGKILL'));
    return server;
  };
  let server = await start();
  const key = await publish(server.url, 'ask', modelFlow('auto'));
  const call = async (idempotencyKey: string, name = 'Ada', prefer = ''): Promise<Told> => {
    const answer = await fetch(`${server.url}/v1/flows/ask/runs`, {
      method: 'POST',
      headers: { authorization: `Bearer ${key}`, 'content-type': 'application/json', 'idempotency-key': idempotencyKey, prefer },
      body: JSON.stringify({ inputs: { name } }),
    });
    return { status: answer.status, replayed: answer.headers.has('idempotency-replayed'), json: await answer.json() };
  };
  return {
    provider,
    dataFolder,
    call,
    server: () => server,
    async killAndStart() {
      server.signal('SIGKILL');
      await server.exited;
      server = await start();
    },
  };
}

test(`${asked} requests at once with one key, and one after a kill, are one run that asks the provider once`, {
  timeout: 240_000,
}, async () => {
  const { provider, dataFolder, call, server, killAndStart } = await installation(() => ({ delayMs: 200 }));
  const answers = await Promise.all(Array.from({ length: asked }, () => call('order-7')));
  const [first, ...others] = answers.filter(({ status, replayed }) => status === 200 && !replayed);
  expect(others).toEqual([]);
  expect(first?.json.outputs).toEqual({ greeting: 'Hello Ada!' });
  for (const { status, json } of answers) {
    // The same answer, or that the first one is still at it.
    if (status === 200) expect(json.outputs).toEqual(first?.json.outputs);
    else expect({ status, code: json.code }).toEqual({ status: 409, code: 'conflict' });
  }
  await killAndStart();
  const again = await call('order-7');
  expect(again).toMatchObject({ status: 200, replayed: true });
  expect(again.json.outputs).toEqual(first?.json.outputs);
  expect(again.json.run.id).toBe(first?.json.run.id);
  // Another body under the key is a mistake, also after the restart.
  expect(await call('order-7', 'Bob')).toMatchObject({ status: 422, json: { code: 'key_reused' } });
  server().signal('SIGTERM');
  await server().exited;
  expect(provider.calls).toHaveLength(1);
  expect([...readStore(dataFolder).runs.values()]).toEqual(['succeeded']);
});

test('a key whose run was under way at a kill leads to that run, which goes on', { timeout: 240_000 }, async () => {
  let hangs = true;
  const { provider, dataFolder, call, server, killAndStart } = await installation(() => (hangs ? { fault: { kind: 'hang' } } : {}));
  const accepted = await call('order-8', 'Ada', 'respond-async');
  expect(accepted.status).toBe(202);
  await provider.waitForCalls(1);
  hangs = false;
  await killAndStart();
  let last = await call('order-8');
  while (last.status === 409) {
    await pause(20);
    last = await call('order-8');
  }
  expect(last).toMatchObject({
    status: 200,
    replayed: true,
    json: { outputs: { greeting: 'Hello Ada!' }, run: { id: accepted.json.run.id } },
  });
  server().signal('SIGTERM');
  await server().exited;
  // The step in flight was asked again, under the same key to the provider.
  expect(provider.calls).toHaveLength(2);
  const keyOf = (at: number) => String(provider.calls[at]?.headers['idempotency-key']).split(':').slice(0, 3);
  expect(keyOf(1)).toEqual(keyOf(0));
  expect([...readStore(dataFolder).runs.values()]).toEqual(['succeeded']);
});
