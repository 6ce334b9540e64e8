import { expect, test } from 'vitest';
import { modelFlow, plainFlow } from '../test-server.ts';
import { startOverSockets } from './over-sockets.ts';

/** Open handles, timers and requests of this process, by kind. */
function held(): Record<string, number> {
  const counts: Record<string, number> = {};
  for (const kind of process.getActiveResourcesInfo()) counts[kind] = (counts[kind] ?? 0) + 1;
  return counts;
}

const kinds = ['TCPSocketWrap', 'TCPServerWrap', 'Timeout', 'Immediate', 'FSReqCallback', 'MessagePort', 'Worker'];

test('runs of all kinds and opened pages leave no handle, timer or run behind', { timeout: 240_000 }, async () => {
  const server = await startOverSockets();
  await server.publish(modelFlow('demo/echo'), 'ask');
  await server.publish(plainFlow, 'greet');
  const key = await server.makeKey(['run', 'read']);
  const body = { inputs: { name: 'Ada' } };
  const turn = async (at: number): Promise<void> => {
    const [direct, streamed, keyed, accepted, wrong, page] = await Promise.all([
      server.call('ask', key, body),
      server.call('ask', key, body, { accept: 'text/event-stream' }),
      server.call('greet', key, body, { 'idempotency-key': `k${at}` }),
      server.call('greet', key, body, { prefer: 'respond-async' }),
      server.call('greet', key, { inputs: { name: 1 } }),
      server.asOwner('GET', '/'),
    ]);
    expect([direct.status, streamed.status, keyed.status, accepted.status, wrong.status]).toEqual([200, 200, 200, 202, 400]);
    expect(page.status).toBe(503);
    const { id } = accepted.json.run;
    const events = await server.send('GET', `/v1/runs/${id}/events`, { headers: { authorization: `Bearer ${key}` } });
    expect(events.text).toContain('run-end');
  };
  for (let at = 0; at < 10; at += 1) await turn(at);
  const { deps } = server.services;
  const quiet = async (): Promise<Record<string, number>> => {
    // What a run does after its answer ends in the next moments.
    await expect.poll(() => [deps.liveRuns.size, deps.dispatcher.stats().running], { timeout: 20_000 }).toEqual([0, 0]);
    await new Promise((resolve) => setTimeout(resolve, 300));
    return held();
  };
  const before = await quiet();
  for (let at = 10; at < 60; at += 1) await turn(at);
  const after = await quiet();
  for (const kind of kinds) expect(after[kind] ?? 0, kind).toBeLessThanOrEqual((before[kind] ?? 0) + 3);
  expect(deps.dispatcher.stats()).toEqual({ queued: 0, running: 0 });
});
