import { join } from 'node:path';
import Driver from 'better-sqlite3';
import { expect, onTestFinished, test } from 'vitest';
import { bearer, plainFlow, readJson, startTestServer } from '../test-server.ts';

test('a database locked by another process delays writes, and nothing else', { timeout: 120_000 }, async () => {
  const server = await startTestServer();
  await server.publish(plainFlow, 'greet');
  const key = await server.makeKey(['run']);
  const body = { inputs: { name: 'Ada' } };
  const start = (headers: Record<string, string> = {}) => server.send('POST', '/v1/flows/greet/runs', body, { ...bearer(key), ...headers });
  expect((await start()).status).toBe(200);
  const other = new Driver(join(server.dataFolder, 'patchbay.db'));
  onTestFinished(() => void other.close());
  other.exec('begin immediate');
  let answered = 0;
  const starts = Array.from({ length: 20 }, async (_, at) => {
    const answer = await start(at % 2 === 0 ? {} : { 'idempotency-key': `k${at}` });
    answered += 1;
    return answer;
  });
  // Reading goes on, again and again, while not one write is through.
  for (let turn = 0; turn < 20; turn += 1) {
    expect(await readJson(await server.send('GET', '/health'))).toMatchObject({ status: 'ok' });
    await readJson(await server.asOwner('GET', '/api/runs'));
    await new Promise((resolve) => setTimeout(resolve, 10));
  }
  expect(answered).toBe(0);
  other.exec('commit');
  for (const answer of await Promise.all(starts)) expect(answer.status).toBe(200);
  const runs = await server.services.deps.database.runs.list('ws_local', { limit: 100 });
  expect(runs).toHaveLength(21);
  expect(new Set(runs.map(({ status }) => status))).toEqual(new Set(['succeeded']));
});
