import { mkdtempSync, readdirSync, readFileSync, rmSync, statSync } from 'node:fs';
import { createServer, type IncomingHttpHeaders } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { startFakeProvider } from '@patchbay/testing';
import { expect, onTestFinished, test } from 'vitest';
import { runProgram } from '../cli/program.ts';
import { modelFlow } from '../test-server.ts';
import { startOverSockets } from './over-sockets.ts';

/** The markers that are looked for, byte by byte. The second has signs that JSON writes in another way. */
const providerKey = 'sk-planted-3f1c9ab2-of-a-provider';
const nextKey = 'sk-planted-77d0e4c1-of-a-provider';
/** Of AWS the half that is secret, and of a key file of Google the key in it, as PEM and as it stands in JSON. */
const awsSecret = 'planted+51be/of7aws';
const pem = `-----BEGIN PRIVATE KEY-----\nplanted+8f02/of7google\n-----END PRIVATE KEY-----\n`;
const keyFile = {
  type: 'service_account',
  project_id: 'p1',
  private_key_id: '0123456789ab',
  private_key: pem,
  client_email: 'a@b.example',
};
const headerValue = 'Bearer planted-"a9e2"-of-a\\header';
const markers = [
  providerKey,
  nextKey,
  awsSecret,
  'planted+8f02/of7google',
  headerValue,
  'planted-"a9e2"-of-a\\header',
  JSON.stringify(headerValue).slice(1, -1),
];
const forms = markers.flatMap((marker) => [
  marker,
  Buffer.from(marker).toString('hex'),
  Buffer.from(marker).toString('base64url'),
  Buffer.from(marker).toString('base64').replace(/=+$/, ''),
  encodeURIComponent(marker),
]);

/** A server of a customer that repeats what it is sent: in its body, in a header, on an error page. */
async function repeatingServer() {
  const seen: IncomingHttpHeaders[] = [];
  const server = createServer((request, response) => {
    seen.push(request.headers);
    const status = request.url === '/fails' ? 500 : 200;
    response.writeHead(status, { 'content-type': 'application/json', 'x-echo': request.headers.authorization ?? '' });
    response.end(JSON.stringify({ you: 'sent', headers: request.headers }));
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  onTestFinished(() => {
    server.closeAllConnections();
    server.close();
  });
  const { port } = server.address() as AddressInfo;
  return { origin: `http://127.0.0.1:${port}`, hostPort: `127.0.0.1:${port}`, seen };
}

const httpFlow = (url: string, failOnStatus: boolean) => ({
  format: 'patchbay/flow',
  version: 1,
  name: 'Looks up',
  nodes: {
    in: { type: 'input', config: { fields: [{ id: 'name', title: 'Name', type: 'text' }] } },
    call: { type: 'http', config: { url, headers: [{ name: 'Authorization', secret: 'crm' }], failOnStatus } },
    out: {
      type: 'output',
      config: {
        fields: [
          { id: 'text', title: 'Text', type: 'text' },
          { id: 'body', title: 'Body', type: 'data' },
        ],
      },
    },
  },
  edges: [
    { from: 'call.text', to: 'out.text' },
    { from: 'call.body', to: 'out.body' },
  ],
  layout: {},
});

test('a planted secret is in no answer, event, record, log, flow, file of the data folder or its copy', async () => {
  const crm = await repeatingServer();
  const message = `Incorrect API key provided: ${providerKey}. Authorization: Bearer ${providerKey}`;
  const provider = await startFakeProvider({ models: ['best'] });
  onTestFinished(() => provider.close());
  const server = await startOverSockets({ PATCHBAY_ALLOWED_PRIVATE_HOSTS: crm.hostPort });
  let seen = '';
  const ask = async (...asked: Parameters<typeof server.asOwner>) => {
    const answer = await server.asOwner(...asked);
    seen += answer.text + JSON.stringify(answer.headers);
    return answer;
  };

  const made = await ask('POST', '/api/credentials', { kind: 'provider', provider: 'openai', key: providerKey, baseUrl: provider.url });
  expect(made.status).toBe(201);
  await ask('POST', '/api/credentials', { kind: 'secret', title: 'CRM', name: 'crm', key: headerValue, baseUrl: crm.origin });
  // Whatever is wrong with them, their answers and records must not repeat it.
  const echo = await repeatingServer();
  const clouds = [
    { provider: 'bedrock', key: `AKIAIOSFODNN7EXAMPLE\n${awsSecret}`, region: 'eu-central-1', baseUrl: echo.origin },
    { provider: 'vertex', key: JSON.stringify({ ...keyFile, token_uri: `${echo.origin}/token` }), baseUrl: echo.origin },
    { provider: 'azure', key: providerKey, model: 'm', baseUrl: echo.origin },
  ];
  for (const cloud of clouds) {
    await ask('POST', '/api/credentials', { kind: 'provider', ...cloud });
    await ask('POST', '/api/credentials', { kind: 'provider', ...cloud, region: '?' });
    const { json } = await ask('POST', '/api/credentials', { kind: 'provider', ...cloud, untested: true });
    expect(json.name).toBe(cloud.provider);
    await ask('POST', `/api/credentials/${json.id}/test`);
    await ask('POST', `/api/credentials/${json.id}/try`, { prompt: 'Hello' });
    await ask('POST', `/api/credentials/${json.id}/rotate`, { key: `${cloud.key}:${awsSecret}:a:b:c` });
  }
  expect(echo.seen.some((headers) => headers['api-key'] === providerKey)).toBe(true);
  await server.publish(modelFlow('openai/best'), 'ask');
  await server.publish(httpFlow(`${crm.origin}/orders`, true), 'look');
  await server.publish(httpFlow(`${crm.origin}/fails`, true), 'fails');
  await server.publish(httpFlow(`${crm.origin}/fails`, false), 'repeats');
  await server.publish(httpFlow('https://evil.example/', true), 'elsewhere');
  const key = await server.makeKey(['run']);

  const faults = [
    undefined,
    { kind: 'status', status: 401, message },
    { kind: 'status', status: 500, message },
    { kind: 'status', status: 429, message },
    { kind: 'error-event', after: 0, code: 'x', message },
    { kind: 'malformed' },
    { kind: 'html', status: 502 },
    { kind: 'cut', after: 1 },
  ] as const;
  for (const accept of ['application/json', 'text/event-stream']) {
    for (const fault of faults) {
      provider.script(fault === undefined ? {} : { fault });
      seen += JSON.stringify(await server.call('ask', key, { inputs: { name: 'Ada' } }, { accept }));
    }
    for (const slug of ['look', 'fails', 'repeats', 'elsewhere'])
      seen += JSON.stringify(await server.call(slug, key, { inputs: { name: 'Ada' } }, { accept }));
  }
  // The secrets were really sent, so that there was something to hide.
  expect(provider.calls.every(({ headers }) => headers.authorization === `Bearer ${providerKey}`)).toBe(true);
  expect(crm.seen.length).toBe(6);
  expect(crm.seen.every(({ authorization }) => authorization === headerValue)).toBe(true);
  expect(seen).toContain('[secret]');

  const at = `/api/credentials/${made.json.id}`;
  await ask('POST', `${at}/test`);
  provider.script({ fault: { kind: 'status', status: 401, message } });
  await ask('POST', `${at}/try`, { prompt: 'Hello' });
  await ask('POST', `${at}/try`, { prompt: 'Hello' });
  await ask('POST', `${at}/rotate`, { key: nextKey });
  await ask('PUT', at, { title: 'Renamed' });
  for (const path of ['credentials', 'providers', 'models', 'flows', 'runs', 'nodes', 'keys', 'templates', 'openapi.json']) {
    await ask('GET', `/api/${path}`);
  }
  for (const { id } of (await ask('GET', '/api/flows')).json.flows) {
    await ask('GET', `/api/flows/${id}`);
    await ask('GET', `/api/flows/${id}/versions/1`);
    await ask('POST', `/api/flows/${id}/check`);
    await ask('POST', `/api/flows/${id}/runs`, { inputs: { name: 'Ada' } }, { accept: 'text/event-stream' });
  }
  for (const { id } of (await ask('GET', '/api/runs?limit=200')).json.runs) await ask('GET', `/api/runs/${id}`);

  const terminal: string[] = [];
  const say = (text: string): void => void terminal.push(text);
  const environment = { PATCHBAY_DATA: server.dataFolder };
  expect(await runProgram(['secrets', 'rotate'], { out: say, error: say, environment, workingFolder: '/' })).toBe(0);
  expect((await ask('POST', `${at}/test`)).json).toMatchObject({ ok: true });
  expect(provider.calls.at(-1)?.headers.authorization).toBe(`Bearer ${nextKey}`);

  const places: [name: string, bytes: string][] = [
    ['answers', seen],
    ['log', server.logged.join('')],
    ['terminal', terminal.join('\n')],
    ...filesOf(server.dataFolder),
    ['copy', await copyOf(server.dataFolder)],
  ];
  expect(places.map(([name]) => name)).toEqual(expect.arrayContaining(['patchbay.db', 'patchbay.db-wal', 'secret-keys.json']));
  for (const [name, bytes] of places) for (const form of forms) expect(bytes.includes(form), `${form} in ${name}`).toBe(false);
});

const filesOf = (folder: string): [string, string][] =>
  readdirSync(folder).map((name) => [name, readFileSync(join(folder, name), 'latin1')]);

/** What a copy of the database holds that leaves no unused page out. */
async function copyOf(dataFolder: string): Promise<string> {
  const folder = mkdtempSync(join(tmpdir(), 'patchbay-copy-'));
  onTestFinished(() => rmSync(folder, { recursive: true, force: true }));
  const { default: Driver } = await import('better-sqlite3');
  const driver = new Driver(join(dataFolder, 'patchbay.db'));
  await driver.backup(join(folder, 'copy.db'));
  driver.close();
  return readFileSync(join(folder, 'copy.db'), 'latin1');
}

test('the master key is apart from the database, for its owner alone, and made only when there is something to seal', async () => {
  const server = await startOverSockets();
  expect(readdirSync(server.dataFolder)).not.toContain('secret-keys.json');
  await server.asOwner('POST', '/api/credentials', { kind: 'secret', title: 'CRM', key: headerValue, baseUrl: 'https://crm.example' });
  const file = join(server.dataFolder, 'secret-keys.json');
  expect(statSync(file).mode & 0o777).toBe(0o600);
  const { key, id } = JSON.parse(readFileSync(file, 'utf8')).keys[0];
  const database =
    readFileSync(join(server.dataFolder, 'patchbay.db'), 'latin1') + readFileSync(join(server.dataFolder, 'patchbay.db-wal'), 'latin1');
  expect(database).toContain(id);
  for (const form of [key, Buffer.from(key, 'base64').toString('latin1'), Buffer.from(key, 'base64').toString('hex')])
    expect(database.includes(form)).toBe(false);
});
