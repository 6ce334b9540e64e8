import { startFakeProvider } from '@patchbay/testing';
import { expect, onTestFinished, test } from 'vitest';
import { modelFlow, readEvents, scratchFolder } from '../test-server.ts';
import { createClient, pause, publish } from './crash/client.ts';
import { type ServerProcess, startServer } from './crash/server-process.ts';
import { readStore } from './crash/store.ts';

async function serving(reply: () => object) {
  const provider = await startFakeProvider({ reply });
  onTestFinished(() => provider.close());
  const dataFolder = scratchFolder();
  const environment = { OPENAI_BASE_URL: provider.url, OPENAI_MODEL: 'm' };
  const server = await startServer(dataFolder, environment);
  onTestFinished(() => server.signal('SIGKILL'));
  const key = await publish(server.url, 'ask', modelFlow('auto'));
  const stream = async (): Promise<ReturnType<typeof readEvents>> => {
    const headers = { authorization: `Bearer ${key}`, accept: 'text/event-stream', 'content-type': 'application/json' };
    const answer = await fetch(`${server.url}/v1/flows/ask/runs`, { method: 'POST', headers, body: '{"inputs":{"name":"Ada"}}' });
    return readEvents(await answer.text());
  };
  return { provider, dataFolder, environment, server, key, stream };
}

const again = async (dataFolder: string, environment: Record<string, string>): Promise<ServerProcess> => {
  const server = await startServer(dataFolder, environment);
  onTestFinished(() => server.signal('SIGKILL'));
  return server;
};

/** The listener is closed, or says that it stops. */
async function isStopping({ url }: ServerProcess): Promise<void> {
  const refuses = () =>
    fetch(`${url}/ready`).then(
      ({ status }) => status === 503,
      () => true,
    );
  await expect.poll(refuses, { timeout: 20_000, interval: 20 }).toBe(true);
}

test('asked to stop, it ends what runs, leaves what is queued to the next start, and takes nothing new', { timeout: 240_000 }, async () => {
  const { provider, dataFolder, environment, server, key, stream } = await serving(() => ({ text: 'one two three', chunkDelayMs: 100 }));
  let current = server;
  const client = createClient(() => current.url, key);
  const streams = Array.from({ length: 20 }, stream);
  await provider.waitForCalls(20);
  const ids = await Promise.all(Array.from({ length: 80 }, (_, at) => client.start('ask', `n${at}`)));
  server.signal('SIGTERM');
  await isStopping(server);
  for (const events of await Promise.all(streams)) {
    expect(events.at(-1)).toMatchObject({ event: 'run-end', data: { status: 'succeeded' } });
  }
  expect(await server.exited).toBe(0);
  const found = readStore(dataFolder);
  expect(found.integrity).toBe('ok');
  for (const id of ids) expect(['queued', 'running', 'succeeded']).toContain(found.runs.get(id));
  current = await again(dataFolder, environment);
  for (const id of ids) while ((await client.status(id)) !== 'succeeded') await pause(20);
});

test('a second signal ends it at once, and a durable run goes on at the next start', { timeout: 240_000 }, async () => {
  let hangs = true;
  const { provider, dataFolder, environment, server, key } = await serving(() => (hangs ? { fault: { kind: 'hang' } } : {}));
  let current = server;
  const client = createClient(() => current.url, key);
  const id = await client.start('ask', 'one');
  await provider.waitForCalls(1);
  server.signal('SIGTERM');
  await isStopping(server);
  server.signal('SIGTERM');
  expect(await server.exited).toBe(1);
  hangs = false;
  current = await again(dataFolder, environment);
  while ((await client.status(id)) !== 'succeeded') await pause(20);
  expect(provider.calls).toHaveLength(2);
});
