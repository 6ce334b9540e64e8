import { expect, test } from 'vitest';
import { pages } from './routes/editor.ts';
import { bearer, modelFlow, plainFlow, readJson, startTestServer } from './test-server.ts';

/** All that answers without a key or a session. A new route is closed unless it stands here. */
const open = new Set(['GET /health', 'GET /ready']);
for (const path of pages) open.add(`GET ${path}`);

const fillPath = (path: string) => path.replace(/:\w+/g, 'x1');

test('every route denies unless it is listed as open', async () => {
  const { app, send } = await startTestServer();
  const routes = app.routes.filter(({ method }) => method !== 'ALL');
  expect(routes.length).toBeGreaterThan(20);
  const answers = new Map<string, number>();
  for (const { method, path } of routes) {
    const body = method === 'POST' || method === 'PUT' ? { inputs: {} } : undefined;
    answers.set(`${method} ${path}`, (await send(method, fillPath(path), body)).status);
  }
  for (const [route, status] of answers) {
    if (open.has(route)) expect([200, 503], route).toContain(status);
    else expect(status, route).toBe(401);
  }
  for (const route of open) expect([...answers.keys()]).toContain(route);
});

test('the management API needs the owner or a key of scope manage, and says how to get one', async () => {
  const server = await startTestServer();
  const refused = await readJson(await server.send('GET', '/api/flows'), 401);
  expect(refused).toMatchObject({ code: 'unauthenticated', detail: expect.stringContaining('patchbay keys create') });
  expect(refused['detail']).toContain('--scope manage');
  for (const scopes of [['run'], ['read'], ['run', 'read']]) {
    expect(await readJson(await server.send('GET', '/api/flows', undefined, bearer(await server.makeKey(scopes))), 403)).toMatchObject({
      code: 'forbidden',
    });
  }
  await readJson(await server.send('GET', '/api/flows', undefined, bearer(await server.makeKey(['manage']))));
  expect((await server.send('GET', '/api/flows', undefined, { cookie: `patchbay_owner_4000=${'x'.repeat(43)}` })).status).toBe(401);
});

test('the page makes an owner once, by a cookie no script can read and no other site sends', async () => {
  const { send } = await startTestServer();
  const first = await send('GET', '/');
  const cookie = first.headers.get('set-cookie') ?? '';
  expect(cookie).toMatch(/^patchbay_owner_4000=[\w-]{43}; Path=\/; HttpOnly; SameSite=Strict; Max-Age=\d+$/);
  const again = await send('GET', '/', undefined, { cookie: cookie.split(';')[0] ?? '' });
  expect(again.headers.get('set-cookie')).toBeNull();
});

test('pages and answers carry their policies', async () => {
  const { send, asOwner } = await startTestServer();
  const page = await send('GET', '/');
  const policy = page.headers.get('content-security-policy') ?? '';
  for (const part of [
    "default-src 'none'",
    "script-src 'self'",
    "frame-ancestors 'none'",
    "require-trusted-types-for 'script'",
    "base-uri 'none'",
  ]) {
    expect(policy).toContain(part);
  }
  expect(policy).not.toContain('unsafe');
  for (const response of [page, await asOwner('GET', '/api/flows'), await send('GET', '/api/flows')]) {
    expect(response.headers.get('x-content-type-options')).toBe('nosniff');
    expect(response.headers.get('referrer-policy')).toBe('no-referrer');
    expect(response.headers.get('content-security-policy')).toContain("frame-ancestors 'none'");
    expect(response.headers.get('access-control-allow-origin')).toBeNull();
  }
});

test.each(['evil.example', 'evil.example:4000', 'localhost.evil.example', '127.0.0.1.evil.example', '192.168.1.5:4000', ''])(
  'a request under the name “%s” is refused',
  async (name) => {
    const server = await startTestServer();
    const key = await server.makeKey(['manage']);
    for (const [method, path] of [
      ['GET', '/'],
      ['GET', '/api/flows'],
      ['POST', '/v1/flows/x/runs'],
    ] as const) {
      const response = await server.send(method, path, method === 'POST' ? {} : undefined, { ...bearer(key), host: name });
      expect(await readJson(response, 403)).toMatchObject({ code: 'forbidden' });
      expect(response.headers.get('set-cookie')).toBeNull();
    }
  },
);

test.each([
  [{ origin: 'http://evil.example' }],
  [{ origin: 'https://127.0.0.1:4000' }],
  [{ origin: 'http://127.0.0.1:5000' }],
  [{ origin: 'null' }],
  [{ 'sec-fetch-site': 'cross-site' }],
  [{ 'sec-fetch-site': 'same-site' }],
])('a request of another site (%o) is refused, cookie or not', async (headers: Record<string, string>) => {
  const server = await startTestServer();
  const cookie = (await server.send('GET', '/')).headers.get('set-cookie')?.split(';')[0] ?? '';
  const response = await server.send('POST', '/api/flows', plainFlow, { cookie, ...headers });
  expect(await readJson(response, 403)).toMatchObject({ code: 'forbidden' });
  expect((await readJson(await server.asOwner('GET', '/api/flows')))['flows']).toEqual([]);
});

test('what is not there is 404, a wrong method 405 with what is allowed', async () => {
  const { asOwner, send } = await startTestServer();
  expect(await readJson(await asOwner('GET', '/api/nothing'), 404)).toMatchObject({ code: 'not_found' });
  expect(await readJson(await send('GET', '/nothing'), 404)).toMatchObject({ code: 'not_found' });
  expect((await send('GET', '/assets/../../package.json')).status).toBe(404);
  const wrong = await asOwner('PATCH', '/api/flows');
  expect(wrong.headers.get('allow')).toBe('GET, POST');
  expect(await readJson(wrong, 405)).toMatchObject({ code: 'method_not_allowed' });
  expect((await send('GET', '/v1/flows/x/runs')).headers.get('allow')).toBe('POST');
});

test('ids of another workspace answer like ids that never were', async () => {
  const server = await startTestServer();
  const { database } = server.services.deps;
  const made = await readJson(await server.asOwner('POST', '/api/flows', plainFlow), 201);
  const row = await database.flows.read('ws_local', String(made['id']));
  if (row === undefined) throw new Error('no row');
  const foreign = 'flow_01k0000000000000000000000f';
  const gone = 'flow_01k0000000000000000000000g';
  await foreignFlow(server.dataFolder, { ...row, id: foreign, slug: 'foreign' });
  for (const [method, rest, body] of [
    ['GET', '', undefined],
    ['PUT', '', plainFlow],
    ['DELETE', '', undefined],
    ['POST', '/check', undefined],
    ['POST', '/runs', { inputs: {} }],
    ['GET', '/versions', undefined],
    ['GET', '/versions/1', undefined],
    ['POST', '/versions', {}],
  ] as const) {
    const [a, b] = await Promise.all(
      [foreign, gone].map((id) => server.asOwner(method, `/api/flows/${id}${rest}`, body, { 'if-match': '*' })),
    );
    if (a === undefined || b === undefined) throw new Error('no answer');
    const [one, two] = [await readJson(a, 404), await readJson(b, 404)];
    expect({ ...one, instance: '' }).toEqual({ ...two, instance: '' });
  }
  expect(await database.flows.read('ws_other', foreign)).toBeDefined();
});

test('health tells that we live, and nothing else', async () => {
  const { send } = await startTestServer();
  expect(await readJson(await send('GET', '/health'))).toEqual({ status: 'ok', version: 'test' });
  expect((await send('GET', '/ready')).status).toBe(200);
});

test('the log holds no prompt, answer, key or cookie', async () => {
  const server = await startTestServer();
  await server.publish(modelFlow('demo/echo'), 'ask');
  const key = await server.makeKey(['run']);
  await server.send('POST', '/v1/flows/ask/runs', { inputs: { name: 'my secret prompt' } }, bearer(key));
  await server.send('POST', '/v1/flows/ask/runs', { inputs: { wrong: 'my secret prompt' } }, bearer(key));
  const log = server.logged.join('\n');
  for (const secret of ['my secret prompt', key, key.slice(8, 40), 'patchbay_owner_4000=']) expect(log).not.toContain(secret);
});

test('nodes, templates and models are listed in the reader’s language', async () => {
  const { asOwner } = await startTestServer();
  const { nodes } = await readJson(await asOwner('GET', '/api/nodes', undefined, { 'accept-language': 'zh-Hans' }));
  expect(nodes.find((node: { type: string }) => node.type === 'model').title).toBe('模型');
  const { templates } = await readJson(await asOwner('GET', '/api/templates'));
  expect(templates.length).toBeGreaterThanOrEqual(6);
  expect(templates.map((template: { order: number }) => template.order)).toEqual([...templates.keys()]);
  for (const { flow } of templates) await readJson(await asOwner('POST', '/api/flows', flow), 201);
  const { models } = await readJson(await asOwner('GET', '/api/models'));
  expect(models.map((model: { id: string }) => model.id)).toContain('demo/auto');
});

/** Writes a row as another workspace's server would. */
async function foreignFlow(
  dataFolder: string,
  row: { id: string; slug: string; document: string; etag: string; name: string; nodeCount: number },
) {
  const { default: Driver } = await import('better-sqlite3');
  const driver = new Driver(`${dataFolder}/patchbay.db`);
  driver.exec("insert or ignore into workspaces (id, name, created_at) values ('ws_other', 'Other', 1)");
  driver
    .prepare(
      'insert into flows (workspace_id, id, slug, name, node_count, document, etag, created_at, updated_at) values (?, ?, ?, ?, ?, ?, ?, 1, 1)',
    )
    .run('ws_other', row.id, row.slug, row.name, row.nodeCount, row.document, row.etag);
  driver.close();
}
