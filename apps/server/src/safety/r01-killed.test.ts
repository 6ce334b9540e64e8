import { createRandom, type FakeProvider, startFakeProvider } from '@patchbay/testing';
import { expect, onTestFinished, test } from 'vitest';
import { modelFlow, scratchFolder } from '../test-server.ts';
import { type Client, createClient, pause, publish } from './crash/client.ts';
import { type ServerProcess, startServer } from './crash/server-process.ts';
import { readStore } from './crash/store.ts';

/** `pnpm test:crash --kills 200` kills that often. */
const kills = Number(process.env['PATCHBAY_CRASH_KILLS'] ?? 10);
const parallel = 50;

/** Three model steps in a row and one beside them: their calls are what must not be doubled. */
const chain = {
  ...modelFlow('auto'),
  nodes: {
    ...modelFlow('auto').nodes,
    second: { type: 'model', config: { model: 'auto' } },
    third: { type: 'model', config: { model: 'auto' } },
    beside: { type: 'model', config: { model: 'auto' } },
    out: {
      type: 'output',
      config: {
        fields: [
          { id: 'greeting', title: 'Greeting', type: 'text' },
          { id: 'other', title: 'Other', type: 'text' },
        ],
      },
    },
  },
  edges: [
    { from: 'in.name', to: 'say.name' },
    { from: 'say.text', to: 'ask.prompt' },
    { from: 'ask.text', to: 'second.prompt' },
    { from: 'second.text', to: 'third.prompt' },
    { from: 'third.text', to: 'out.greeting' },
    { from: 'say.text', to: 'beside.prompt' },
    { from: 'beside.text', to: 'out.other' },
  ],
};

/** Calls by step, as the idempotency key names them: `run:scope:node`. */
function callsByStep({ calls }: FakeProvider): Map<string, number> {
  const counts = new Map<string, number>();
  for (const { headers } of calls) {
    const step = String(headers['idempotency-key']).split(':').slice(0, 3).join(':');
    counts.set(step, (counts.get(step) ?? 0) + 1);
  }
  return counts;
}

async function waitUntilEnded(client: Client, ids: readonly string[]): Promise<void> {
  for (const id of ids) while (['queued', 'running'].includes(await client.status(id))) await pause(20);
}

test(`killed at ${kills} random moments during ${parallel} runs: none is lost, and what had ended is not done again`, {
  timeout: 120_000 + kills * 30_000,
}, async () => {
  const random = createRandom(Number(process.env['PATCHBAY_CRASH_SEED'] ?? 7));
  const provider = await startFakeProvider({ reply: () => ({ delayMs: 5 + random() * 60 }) });
  onTestFinished(() => provider.close());
  const dataFolder = scratchFolder();
  const environment = { OPENAI_BASE_URL: provider.url, OPENAI_MODEL: 'm' };
  let server: ServerProcess = await startServer(dataFolder, environment);
  onTestFinished(() => server.signal('SIGKILL'));
  const key = await publish(server.url, 'chain', chain);
  const client = createClient(() => server.url, key);

  const accepted = new Map<string, string>();
  const starting = new Set<Promise<void>>();
  let named = 0;
  const topUp = (count: number): void => {
    for (let added = 0; added < count; added += 1) {
      named += 1;
      const name = `n${named}`;
      const start: Promise<void> = client.start('chain', name).then((id) => void accepted.set(id, name));
      starting.add(start);
      void start.finally(() => starting.delete(start)).catch(() => {});
    }
  };

  /** Calls of a step at the moment its end was first found in the store. */
  const known = new Map<string, number>();
  topUp(parallel);
  for (let kill = 0; kill < kills; kill += 1) {
    await pause(20 + random() * 400);
    server.signal('SIGKILL');
    await server.exited;
    const found = readStore(dataFolder);
    expect(found.integrity).toBe('ok');
    for (const id of accepted.keys()) expect(found.runs.has(id), `accepted run ${id} is stored`).toBe(true);
    const calls = callsByStep(provider);
    for (const step of found.endedSteps) if (!known.has(step)) known.set(step, calls.get(step) ?? 0);
    const unfinished = [...found.runs.values()].filter((status) => status === 'queued' || status === 'running').length;
    server = await startServer(dataFolder, environment);
    topUp(Math.max(0, parallel - unfinished - starting.size));
  }
  await Promise.all(starting);
  await waitUntilEnded(client, [...accepted.keys()]);
  for (const [id, name] of accepted) {
    const state = await client.state(id);
    expect(state).toMatchObject({ run: { status: 'succeeded' }, outputs: { greeting: `Hello ${name}!`, other: `Hello ${name}!` } });
  }
  server.signal('SIGTERM');
  expect(await server.exited).toBe(0);

  const calls = callsByStep(provider);
  for (const [step, count] of known) expect(calls.get(step) ?? 0, `calls of ${step}`).toBe(count);
  const found = readStore(dataFolder);
  expect(found).toMatchObject({ integrity: 'ok', brokenReferences: [] });
  expect([...found.runs.keys()].sort()).toEqual([...accepted.keys()].sort());
  expect(new Set(found.runs.values())).toEqual(new Set(['succeeded']));
  // Each of them has every one of its steps, once.
  expect(found.endedSteps.size).toBe(accepted.size * 7);
});
