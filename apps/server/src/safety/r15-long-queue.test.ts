import { type FakeProvider, startFakeProvider } from '@patchbay/testing';
import { expect, onTestFinished, test } from 'vitest';
import { modelFlow, scratchFolder } from '../test-server.ts';
import { createClient, pause, publish } from './crash/client.ts';
import { type ServerProcess, startServer } from './crash/server-process.ts';
import { readStore } from './crash/store.ts';

/** `pnpm test:crash --queued 10000` queues that many. */
const queued = Number(process.env['PATCHBAY_CRASH_QUEUED'] ?? 300);
/** Figures depend on the machine, so they are told and not judged. */
const tell = (text: string): void => {
  if (process.env['PATCHBAY_CRASH_FIGURES'] !== undefined) console.log(text);
};

const callsByRun = ({ calls }: FakeProvider): Map<string, number> => {
  const counts = new Map<string, number>();
  for (const { headers } of calls) {
    const run = String(headers['idempotency-key']).split(':')[0] ?? '';
    counts.set(run, (counts.get(run) ?? 0) + 1);
  }
  return counts;
};

test(`${queued} queued runs outlive a kill and each ends once`, { timeout: 240_000 + queued * 60 }, async () => {
  // Until the kill no call comes back, so all but those under way stand in the queue.
  let answers = false;
  const provider = await startFakeProvider({ reply: () => (answers ? {} : { fault: { kind: 'hang' } }) });
  onTestFinished(() => provider.close());
  const dataFolder = scratchFolder();
  const environment = { OPENAI_BASE_URL: provider.url, OPENAI_MODEL: 'm' };
  let server: ServerProcess = await startServer(dataFolder, environment);
  onTestFinished(() => server.signal('SIGKILL'));
  const client = createClient(() => server.url, await publish(server.url, 'ask', modelFlow('auto')));

  const began = performance.now();
  const ids: string[] = [];
  let next = 0;
  const caller = async (): Promise<void> => {
    for (let at = next++; at < queued; at = next++) ids.push(await client.start('ask', `n${at}`));
  };
  await Promise.all(Array.from({ length: 50 }, caller));
  tell(`accepted ${Math.round((queued / (performance.now() - began)) * 1_000)} runs a second`);

  server.signal('SIGKILL');
  await server.exited;
  const found = readStore(dataFolder);
  expect(found.integrity).toBe('ok');
  expect(found.runs.size).toBe(queued);
  const underWay = callsByRun(provider);
  answers = true;

  const restarted = performance.now();
  server = await startServer(dataFolder, environment);
  tell(`listening again after ${Math.round(performance.now() - restarted)} ms`);
  const asked: number[] = [];
  let peak = 0;
  for (const id of ids) {
    for (let status = ''; status !== 'succeeded'; ) {
      const from = performance.now();
      status = await client.status(id);
      asked.push(performance.now() - from);
      peak = Math.max(peak, server.memoryMiB());
      expect(['queued', 'running', 'succeeded']).toContain(status);
      if (status !== 'succeeded') await pause(10);
    }
  }
  asked.sort((a, b) => a - b);
  tell(`all ended after ${Math.round(performance.now() - restarted)} ms, memory up to ${Math.round(peak)} MiB`);
  tell(`status was answered in ${asked[Math.floor(asked.length * 0.99)]?.toFixed(1)} ms at the 99th percentile`);
  server.signal('SIGTERM');
  expect(await server.exited).toBe(0);

  const calls = callsByRun(provider);
  expect(calls.size).toBe(queued);
  for (const id of ids) expect(calls.get(id), `calls of ${id}`).toBe((underWay.get(id) ?? 0) + 1);
  const end = readStore(dataFolder);
  expect(end).toMatchObject({ integrity: 'ok', brokenReferences: [] });
  expect(new Set(end.runs.values())).toEqual(new Set(['succeeded']));
  expect(end.endedSteps.size).toBe(queued * 4);
});
