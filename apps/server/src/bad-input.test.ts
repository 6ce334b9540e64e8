import { expect, test } from 'vitest';
import { bearer, plainFlow, readJson, startTestServer } from './test-server.ts';

const deep = (levels: number): string => `${'['.repeat(levels)}${']'.repeat(levels)}`;
const manyKeys = `{${Array.from({ length: 50_001 }, (_, at) => `"k${at}":0`).join(',')}}`;

/** What hostile or careless callers send where JSON is expected. */
const bodies: [name: string, body: string, type: string | undefined][] = [
  ['nothing', '', 'application/json'],
  ['no JSON', '{"a":', 'application/json'],
  ['a word', 'hello', 'application/json'],
  ['null', 'null', 'application/json'],
  ['a number', '7', 'application/json'],
  ['a text', '"x"', 'application/json'],
  ['a list', '[]', 'application/json'],
  ['a list of lists, too deep', deep(101), 'application/json'],
  ['a hundred thousand brackets', deep(100_000), 'application/json'],
  ['too many keys', manyKeys, 'application/json'],
  ['a prototype', '{"__proto__":{"polluted":true}}', 'application/json'],
  ['a constructor', '{"constructor":{"prototype":{"polluted":true}}}', 'application/json'],
  ['unknown keys', '{"id":"x","workspaceId":"ws_other","role":"admin"}', 'application/json'],
  ['wrong types', '{"inputs":7,"name":[],"scopes":"run","slug":{},"format":1,"nodes":[]}', 'application/json'],
  ['a form', 'a=b', 'application/x-www-form-urlencoded'],
  ['plain text', '{}', 'text/plain'],
  ['no type', '{"inputs":{}}', undefined],
  ['lone surrogates', '{"inputs":{"name":"\\ud800"}, "name":"\\ud800"}', 'application/json'],
  ['a huge number', '{"inputs":{"name":1e999}}', 'application/json'],
];

test('no body brings a route to more than a problem document', async () => {
  const server = await startTestServer();
  const id = await server.publish(plainFlow, 'greet');
  const key = await server.makeKey(['run']);
  const manageKey = await server.makeKey(['manage']);
  const { etag } = await readJson(await server.asOwner('GET', `/api/flows/${id}`));
  const before = await readJson(await server.asOwner('GET', `/api/flows/${id}`));
  const routes: [method: string, path: string][] = [
    ['POST', '/api/flows'],
    ['PUT', `/api/flows/${id}`],
    ['POST', `/api/flows/${id}/runs`],
    ['POST', `/api/flows/${id}/versions`],
    ['POST', '/api/keys'],
    ['POST', '/v1/flows/greet/runs'],
  ];
  for (const [method, path] of routes) {
    for (const [name, body, type] of bodies) {
      const headers: Record<string, string> = { 'if-match': etag, ...(type === undefined ? {} : { 'content-type': type }) };
      const init = {
        method,
        body: new TextEncoder().encode(body),
        headers: { ...headers, host: '127.0.0.1:4000', ...bearer(path.startsWith('/v1') ? key : manageKey) },
      };
      const response = await server.app.request(`http://127.0.0.1:4000${path}`, init);
      const where = `${method} ${path} with ${name}`;
      // Publishing takes no body as well as an empty one.
      if (path.endsWith('/versions') && name === 'nothing') {
        expect(response.status, where).toBe(201);
        continue;
      }
      expect([400, 413, 415], where).toContain(response.status);
      expect(response.headers.get('content-type'), where).toContain('application/problem+json');
      const document = await readJson(response, response.status);
      expect(document, where).toMatchObject({
        status: response.status,
        code: expect.any(String),
        title: expect.any(String),
        instance: expect.any(String),
      });
      expect(document['detail'].length, where).toBeGreaterThan(10);
      expect(JSON.stringify(document), where).not.toMatch(/node_modules|\.ts:|SqliteError|at file/);
    }
  }
  expect(({} as Record<string, unknown>)['polluted']).toBeUndefined();
  expect(await readJson(await server.asOwner('GET', `/api/flows/${id}`))).toMatchObject({ flow: before['flow'], etag: before['etag'] });
});

test('a body over 10 MiB is 413, whether it says its size or not', async () => {
  const server = await startTestServer();
  const key = bearer(await server.makeKey(['manage']));
  const large = JSON.stringify({ inputs: { name: 'x'.repeat(10 * 1024 * 1024) } });
  for (const headers of [{}, { 'content-length': String(large.length) }]) {
    for (const path of ['/api/flows', '/v1/flows/greet/runs']) {
      expect(await readJson(await server.send('POST', path, large, { ...key, ...headers }), 413)).toMatchObject({ code: 'too_large' });
    }
  }
});

test('an address may be nonsense', async () => {
  const { asOwner } = await startTestServer();
  const strange = ['__proto__', 'constructor', '%00', '%ff', '..%2f..%2fetc', "';drop table flows;--", 'x'.repeat(2_000), '%E2%80%AE'];
  for (const id of strange) {
    for (const path of [`/api/flows/${id}`, `/api/runs/${id}`, `/api/flows/${id}/versions`]) {
      const response = await asOwner('GET', path);
      expect([400, 404], path).toContain(response.status);
      expect(response.headers.get('content-type')).toContain('problem+json');
    }
  }
  for (const query of ['limit=0', 'limit=1000', 'limit=x', 'limit=1;drop', 'sort=name', 'limit=NaN']) {
    expect(await readJson(await asOwner('GET', `/api/runs?${query}`), 400)).toMatchObject({ code: 'invalid_input' });
  }
  expect((await readJson(await asOwner('GET', "/api/runs?flow=' or 1=1 --")))['runs']).toEqual([]);
});

test('what fails inside says nothing of the inside', async () => {
  const server = await startTestServer();
  server.services.deps.database.flows.list = () => Promise.reject(new Error('secret detail at /home/someone/db.ts:12'));
  const response = await server.asOwner('GET', '/api/flows');
  const document = await readJson(response, 500);
  expect(document).toMatchObject({ code: 'internal', instance: expect.stringMatching(/^req_/) });
  expect(JSON.stringify(document)).not.toContain('secret detail');
  expect(server.logged.join('')).toContain(String(document['instance']));
});
