import { startFakeProvider } from '@patchbay/testing';
import { expect, onTestFinished, test } from 'vitest';
import { listen } from '../serve.ts';
import { bearer, modelFlow, startTestServer } from '../test-server.ts';

const readers = 12;
const wait = { timeout: 25_000 };

/** A figure that has not changed for a while. */
async function settled(figure: () => number): Promise<number> {
  for (let last = -1; ; ) {
    const now = figure();
    if (now === last) return now;
    last = now;
    await new Promise((resolve) => setTimeout(resolve, 500));
  }
}

test('R20: readers that stop reading stop the provider, and leaving ends its calls', { timeout: 120_000 }, async () => {
  const provider = await startFakeProvider({ reply: { fault: { kind: 'endless', text: 'word '.repeat(2_000) } } });
  onTestFinished(() => provider.close());
  const server = await startTestServer({ OPENAI_BASE_URL: provider.url, OPENAI_MODEL: 'm' });
  const listener = await listen(server.app, '127.0.0.1', 0);
  onTestFinished(() => listener.stop(100));
  await server.publish(modelFlow('auto'), 'ask');
  const headers = { ...bearer(await server.makeKey(['run'])), accept: 'text/event-stream', 'content-type': 'application/json' };
  const leave = new AbortController();
  const open = async () => {
    const response = await fetch(`http://127.0.0.1:${listener.port}/v1/flows/ask/runs`, {
      method: 'POST',
      headers,
      body: JSON.stringify({ inputs: { name: 'Ada' } }),
      signal: leave.signal,
    });
    const reader = response.body?.getReader();
    await reader?.read();
    return reader;
  };
  const opened = await Promise.all(Array.from({ length: readers }, open));
  expect(opened).toHaveLength(readers);
  await provider.waitForCalls(readers);
  const sent = (): number => provider.calls.reduce((sum, call) => sum + call.bytesSent(), 0);
  const held = await settled(sent);
  // What was sent and not read lies in the buffers of the system, a few megabytes a connection; without end it would be the body limit of each.
  expect(held / readers).toBeLessThan(9 * 1024 * 1024);
  expect(provider.calls.every(({ aborted }) => !aborted)).toBe(true);
  leave.abort();
  await expect.poll(() => provider.calls.every(({ aborted }) => aborted), wait).toBe(true);
  await expect.poll(() => server.services.deps.liveRuns.size, wait).toBe(0);
});
