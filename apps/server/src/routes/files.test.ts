import { expect, test } from 'vitest';
import { bearer, host, origin, readJson, startTestServer } from '../test-server.ts';

const reading = {
  format: 'patchbay/flow',
  version: 1,
  name: 'Reading',
  nodes: {
    in: {
      type: 'input',
      config: {
        fields: [
          { id: 'doc', type: 'file' },
          { id: 'note', type: 'text', required: false },
          { id: 'more', type: 'file[]', required: false },
        ],
      },
    },
    read: { type: 'read_file', config: {} },
    out: {
      type: 'output',
      config: {
        fields: [
          { id: 'text', type: 'text' },
          { id: 'doc', type: 'file' },
          { id: 'note', type: 'text' },
          { id: 'more', type: 'file[]' },
        ],
      },
    },
  },
  edges: [
    { from: 'in.doc', to: 'read.file' },
    { from: 'read.text', to: 'out.text' },
    { from: 'in.doc', to: 'out.doc' },
    { from: 'in.note', to: 'out.note' },
    { from: 'in.more', to: 'out.more' },
  ],
  layout: {},
};

async function withKey() {
  const server = await startTestServer();
  await server.publish(reading, 'read');
  const key = bearer(await server.makeKey(['run']));
  const post = (path: string, body: string | FormData, headers: Record<string, string> = {}) =>
    server.app.request(`${origin}${path}`, { method: 'POST', headers: { host, ...key, ...headers }, body });
  const get = (path: string, headers: Record<string, string> = {}) => server.send('GET', path, undefined, { ...key, ...headers });
  return { ...server, key, post, get };
}

test('a file is sent by its bytes or in a form, and named in inputs', { timeout: 60_000 }, async () => {
  const { post, get } = await withKey();
  const sent = await post('/v1/files?name=%E4%BD%A0.txt', 'Hello', { 'content-type': 'application/octet-stream' });
  const file = await readJson(sent, 201);
  expect(sent.headers.get('location')).toBe(file['url']);
  expect(file).toMatchObject({ mediaType: 'text/plain', size: 5, name: '你.txt' });
  const form = new FormData();
  form.set('file', new File(['Hello'], '你.txt', { type: 'image/png' }));
  expect(await readJson(await post('/v1/files', form), 201)).toEqual(file);
  const run = await post('/v1/flows/read/runs', JSON.stringify({ inputs: { doc: { file: file['file'] } } }), {
    'content-type': 'application/json',
  });
  expect((await readJson(run))['outputs']).toMatchObject({ text: 'Hello', doc: file });
  const content = await get(String(file['url']));
  expect(await content.text()).toBe('Hello');
});

test('a run is started by a form: files, texts, and the rest as JSON', { timeout: 60_000 }, async () => {
  const { post } = await withKey();
  const form = new FormData();
  form.set('doc', new File(['<p>Hi</p>'], 'a.html'));
  form.set('inputs', '{"note":"overruled"}');
  form.set('note', 'plain');
  form.append('more', new File(['1'], '1.txt'));
  form.append('more', new File(['2'], '2.txt'));
  const { outputs } = await readJson(await post('/v1/flows/read/runs', form));
  expect(outputs).toMatchObject({
    text: 'Hi',
    note: 'plain',
    doc: { mediaType: 'text/html' },
    more: [{ name: '1.txt' }, { name: '2.txt' }],
  });
  const broken = new FormData();
  broken.set('inputs', '[1]');
  expect((await post('/v1/flows/read/runs', broken)).status).toBe(400);
  expect((await post('/v1/flows/read/runs', 'no form', { 'content-type': 'multipart/form-data; boundary=x' })).status).toBe(400);
});

test('the owner’s page sends bytes and no form, which a page of another site could send too', async () => {
  const { asOwner, send, get } = await withKey();
  const bytes = { 'content-type': 'application/octet-stream' };
  const file = await readJson(await asOwner('POST', '/api/files?name=a.txt&type=text/plain', 'Hello', bytes), 201);
  expect(await (await asOwner('GET', `/api/files/${file['file']}`)).text()).toBe('Hello');
  expect(await (await get(String(file['url']))).text()).toBe('Hello');
  for (const type of ['multipart/form-data; boundary=x', 'text/plain', 'application/json']) {
    expect((await asOwner('POST', '/api/files', 'Hello', { 'content-type': type })).status, type).toBe(415);
  }
  expect((await send('POST', '/api/files', 'Hello', bytes)).status).toBe(401);
  expect((await send('GET', `/api/files/${file['file']}`)).status).toBe(401);
  expect((await send('GET', String(file['url']))).status).toBe(401);
  expect((await get('/v1/files/nothing')).status).toBe(404);
});

test('the headers of a file', async () => {
  const { post, get } = await withKey();
  const body = '<!doctype html><script>alert(1)</script>';
  const file = await readJson(
    await post('/v1/files?name=a%22%0d%0aX-Evil%3A%201.html&type=text/html', body, { 'content-type': 'application/octet-stream' }),
    201,
  );
  const answer = await get(String(file['url']));
  expect(Object.fromEntries(answer.headers)).toMatchObject({
    'content-type': 'text/html',
    'x-content-type-options': 'nosniff',
    'content-security-policy': expect.stringContaining('sandbox'),
    'content-disposition': `attachment; filename="aX-Evil_ 1.html"; filename*=UTF-8''aX-Evil%3A%201.html`,
    'cache-control': 'no-store',
  });
  expect(answer.headers.get('x-evil')).toBeNull();
});

test.each([
  ['bytes=0-1', 206, 'He', 'bytes 0-1/5'],
  ['bytes=3-', 206, 'lo', 'bytes 3-4/5'],
  ['bytes=-2', 206, 'lo', 'bytes 3-4/5'],
  ['bytes=2-99', 206, 'llo', 'bytes 2-4/5'],
  ['bytes=-99', 206, 'Hello', 'bytes 0-4/5'],
  ['bytes=5-', 416, '', 'bytes */5'],
  ['bytes=-0', 416, '', 'bytes */5'],
  ['bytes=0-1,3-4', 200, 'Hello', null],
  ['bytes=-', 200, 'Hello', null],
])('%s', async (range, status, text, contentRange) => {
  const { post, get } = await withKey();
  const file = await readJson(await post('/v1/files', 'Hello'), 201);
  const answer = await get(String(file['url']), { range });
  expect([answer.status, await answer.text(), answer.headers.get('content-range')]).toEqual([status, text, contentRange]);
});

test('a file that is too large is refused while it comes, and one of nothing too', async () => {
  const { app, key, post } = await withKey();
  const piece = new Uint8Array(1024 * 1024);
  let sent = 0;
  const endless = new ReadableStream({
    pull(controller) {
      sent += 1;
      controller.enqueue(piece);
    },
  });
  const headers = { host, ...key, 'content-type': 'application/octet-stream' };
  const answer = await app.request(new Request(`${origin}/v1/files`, { method: 'POST', headers, body: endless, duplex: 'half' }));
  expect((await readJson(answer, 413))['code']).toBe('too_large');
  expect(sent).toBeLessThan(40);
  expect((await post('/v1/files', '', { 'content-type': 'application/octet-stream' })).status).toBe(400);
  const empty = new FormData();
  empty.set('x', 'text');
  expect((await post('/v1/files', empty)).status).toBe(400);
});

test('a form of many small parts is refused before it is read', async () => {
  const { post } = await withKey();
  const part = (name: string, more = '') => `--zz\r\nContent-Disposition: form-data; name="${name}"${more}\r\n\r\nx\r\n`;
  const form = (count: number, more = '') =>
    `${Array.from({ length: count }, (_, at) => part(`a${more === '' ? at : ''}`, more)).join('')}--zz--\r\n`;
  const send = (body: string, path = '/v1/flows/read/runs', type = 'multipart/form-data; boundary=zz') =>
    post(path, body, { 'content-type': type });
  for (const [path, type] of [
    [undefined, undefined],
    ['/v1/files', 'multipart/form-data; boundary="zz"'],
  ] as const) {
    expect(await readJson(await send(form(1_001), path, type), 400)).toMatchObject({ detail: 'The form has more than 1,000 parts.' });
  }
  expect(await readJson(await send(form(1_000)), 400)).toMatchObject({ errors: expect.anything() });
  const files = await readJson(await send(form(201, '; filename="a.txt"')), 400);
  expect(files).toMatchObject({ detail: expect.stringContaining('at most 200 files') });
});
