import { readdirSync, readFileSync } from 'node:fs';
import { startFakeProvider } from '@patchbay/testing';
import { expect, onTestFinished, test } from 'vitest';
import { modelFlow, plainFlow, readEvents } from '../test-server.ts';
import { startOverSockets } from './over-sockets.ts';

const providerKey = 'marker-4f9d2c81-provider-key';
const prompt = 'marker-77aa-the-words-of-a-person';

test('a provider’s key is in no answer, event, record, log or file, also where the provider repeats it', async () => {
  const message = `Incorrect API key provided: ${providerKey}. You can find yours at ${providerKey}`;
  const faults = [
    { kind: 'status', status: 401, message },
    { kind: 'status', status: 400, message },
    { kind: 'status', status: 500, message },
    { kind: 'error-event', after: 0, code: 'x', message },
    { kind: 'refusal', text: message },
    { kind: 'malformed' },
  ] as const;
  const provider = await startFakeProvider();
  onTestFinished(() => provider.close());
  const server = await startOverSockets({ OPENAI_API_KEY: providerKey, OPENAI_BASE_URL: provider.url, OPENAI_MODEL: 'm' });
  await server.publish(modelFlow('auto'), 'ask');
  const key = await server.makeKey(['run']);
  let seen = '';
  for (const fault of faults) {
    for (const accept of ['application/json', 'text/event-stream']) {
      provider.script({ fault });
      const answer = await server.call('ask', key, { inputs: { name: prompt } }, { accept });
      seen += JSON.stringify(answer);
    }
  }
  for (const path of ['/api/flows', '/api/runs', '/api/models', '/api/nodes', '/api/keys', '/api/openapi.json', '/health']) {
    seen += (await server.asOwner('GET', path)).text;
  }
  const { runs } = (await server.asOwner('GET', '/api/runs')).json;
  expect(runs.length).toBe(faults.length * 2);
  for (const { id } of runs) seen += (await server.asOwner('GET', `/api/runs/${id}`)).text;
  expect(provider.calls.every(({ headers }) => headers.authorization === `Bearer ${providerKey}`)).toBe(true);
  expect(seen).not.toContain(providerKey);
  const log = server.logged.join('');
  for (const secret of [providerKey, prompt, key, key.slice(8, 40), server.cookie]) expect(log).not.toContain(secret);
  for (const name of readdirSync(server.dataFolder)) {
    const bytes = readFileSync(`${server.dataFolder}/${name}`, 'latin1');
    for (const secret of [providerKey, key.slice(8, 40), server.cookie.split('=')[1] ?? '?'])
      expect(bytes.includes(secret), name).toBe(false);
  }
});

/** What a database driver throws: its message repeats the statement and its values. */
function driverError(): Error {
  const cause = Object.assign(new Error(`near "${prompt}": syntax error`), { code: 'SQLITE_ERROR', params: [prompt] });
  return Object.assign(new Error(`Failed query: insert into runs values (?)\nparams: ${prompt}`, { cause }), {
    params: [prompt],
    query: prompt,
  });
}

test('a record that cannot be written is a sentence at the end of a stream, and the log says where, not what', async () => {
  const server = await startOverSockets();
  const troubles: string[] = [];
  const { deps } = server.services;
  deps.onTrouble = (code) => void troubles.push(code);
  await server.publish(plainFlow, 'greet');
  const key = await server.makeKey(['run']);
  deps.database.runs.record = () => Promise.reject(driverError());
  const stream = await server.call('greet', key, { inputs: { name: prompt } }, { accept: 'text/event-stream' });
  expect(stream.status).toBe(200);
  const last = readEvents(stream.text).at(-1);
  expect(last).toMatchObject({ event: 'run-end', data: { status: 'failed', outputs: {}, error: { class: 'internal' } } });
  expect(stream.text).not.toMatch(/Failed query|insert into|SQLITE/);
  expect(troubles).toContain('run_stream');
  const whole = await server.call('greet', key, { inputs: { name: prompt } });
  expect(whole.json).toMatchObject({ status: 500, code: 'internal', detail: expect.stringContaining('log') });
  expect(whole.text).not.toContain(prompt);
  const log = server.logged.join('');
  expect(log).toContain(whole.json.instance);
  expect(log).toContain('SQLITE_ERROR');
  expect(log).not.toContain(prompt);
  expect(deps.liveRuns.size).toBe(0);
  expect((await server.send('GET', '/health')).status).toBe(200);
});

test('nobody forges a line of the log', async () => {
  const server = await startOverSockets();
  server.services.deps.database.flows.list = () => Promise.reject(new Error('x\n{"level":"info","msg":"forged"}'));
  const headers = { 'x-request-id': 'mine"\\n{"msg":"forged"}', 'user-agent': '{"msg":"forged"}' };
  const answer = await server.asOwner('GET', '/api/flows?x=%0a{"msg":"forged"}', undefined, headers);
  expect(answer.status).toBe(500);
  for (const line of server.logged) expect(JSON.parse(line).msg).not.toBe('forged');
  expect(answer.json.instance).toMatch(/^req_[0-9a-z]+$/);
});
