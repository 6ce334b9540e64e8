import { fakeEmbedding, startFakeProvider } from '@patchbay/testing';
import { expect, onTestFinished, test } from 'vitest';
import { bearer, readJson, startTestServer } from '../test-server.ts';

const manual = '# Vacuum\n\n## Care\n\nWash the filter every month and let it dry.\n\n## Battery\n\nA full charge lasts 110 minutes.';

async function withBase(environment: Record<string, string> = {}, body: object = {}) {
  const server = await startTestServer(environment);
  const base = await readJson(await server.asOwner('POST', '/api/knowledge', { name: 'Manuals', ...body }), 201);
  const path = `/api/knowledge/${base['id']}`;
  const add = async (document: object) => {
    const made = await readJson(await server.asOwner('POST', `${path}/documents`, document), 201);
    await server.services.deps.indexer.idle();
    return made;
  };
  return { server, base, path, add, read: async () => readJson(await server.asOwner('GET', path)) };
}

test('a base is made, filled, asked, renamed and deleted', async () => {
  const { server, base, path, add, read } = await withBase();
  expect(base).toMatchObject({ name: 'Manuals', embedding: null, documents: 0, passages: 0, contents: [] });
  const document = await add({ name: 'vacuum.md', text: manual });
  expect(document).toMatchObject({ kind: 'markdown', status: 'waiting', size: manual.length, error: null });
  await add({ name: 'Notes', text: '年假可以休七天。' });
  expect(await read()).toMatchObject({
    documents: 2,
    passages: 3,
    contents: [
      { name: 'Notes', kind: 'text', status: 'ready' },
      { status: 'ready', passages: 2 },
    ],
  });
  const { passages, trouble } = await readJson(
    await server.asOwner('POST', `${path}/search`, { question: 'How often do I wash filters?', count: 1 }),
  );
  expect(trouble).toBeNull();
  expect(passages).toMatchObject([
    { document: { id: document['id'], name: 'vacuum.md' }, headings: ['Vacuum', 'Care'], meaning: null, page: null },
  ]);
  const { text, marks, start } = passages[0];
  expect(manual.slice(start, start + text.length)).toBe(text);
  expect(marks.map((mark: { start: number; end: number }) => text.slice(mark.start, mark.end))).toEqual(['Wash', 'filter']);
  const chinese = await readJson(await server.asOwner('POST', `${path}/search`, { question: '年假有几天？', minScore: 0.1 }));
  expect(chinese['passages'][0]).toMatchObject({ document: { name: 'Notes' }, text: '年假可以休七天。' });
  expect(await readJson(await server.asOwner('PUT', path, { name: 'Handbooks' }))).toMatchObject({ name: 'Handbooks' });
  expect((await server.asOwner('DELETE', `${path}/documents/${document['id']}`)).status).toBe(204);
  expect(await readJson(await server.asOwner('GET', '/api/knowledge'))).toMatchObject({
    bases: [{ name: 'Handbooks', documents: 1, passages: 1 }],
  });
  expect((await server.asOwner('DELETE', path)).status).toBe(204);
  expect(await readJson(await server.asOwner('GET', '/api/knowledge'))).toEqual({ bases: [] });
});

test('a file comes as bytes, and one that cannot be read says why in the reader’s language', async () => {
  const { server, path, add } = await withBase();
  await add({ name: 'page.html', file: Buffer.from('<h1>Care</h1><p>Wash it.</p>').toString('base64') });
  await add({ name: 'photo.txt', file: Buffer.from([0x89, 0, 1, 2]).toString('base64') });
  const { contents } = await readJson(await server.asOwner('GET', path, undefined, { 'accept-language': 'zh' }));
  expect(contents).toMatchObject([
    {
      status: 'failed',
      passages: 0,
      retryable: false,
      error: { reason: 'document_not_text', message: expect.stringMatching(/不含可读取的文本/) },
    },
    { status: 'ready', passages: 1, error: null },
  ]);
  expect((await server.asOwner('POST', `${path}/documents/${contents[0].id}/retry`)).status).toBe(409);
});

test('a base with a model has vectors, and another model makes new ones', async () => {
  const provider = await startFakeProvider({ embed: fakeEmbedding, models: ['chat-1', 'bge-m3'] });
  onTestFinished(() => provider.close());
  const { server, path, add, read } = await withBase({ OPENAI_BASE_URL: provider.url }, { embedding: 'openai/bge-m3' });
  expect(await readJson(await server.asOwner('GET', '/api/models/embedding'))).toEqual({ models: ['openai/bge-m3'] });
  await add({ name: 'vacuum.md', text: manual });
  expect(await read()).toMatchObject({ embedding: 'openai/bge-m3', contents: [{ status: 'ready', passages: 2, embedded: 2 }] });
  const { passages } = await readJson(await server.asOwner('POST', `${path}/search`, { question: 'charging time' }));
  expect(passages[0]).toMatchObject({ headings: ['Vacuum', 'Battery'], meaning: expect.any(Number) });
  const changed = await readJson(await server.asOwner('PUT', path, { embedding: 'openai/other' }));
  expect(changed).toMatchObject({ embedding: 'openai/other', contents: [{ embedded: 0 }] });
  await server.services.deps.indexer.idle();
  expect(await read()).toMatchObject({ contents: [{ status: 'ready', embedded: 2 }] });
  expect(await readJson(await server.asOwner('PUT', path, { embedding: null }))).toMatchObject({
    contents: [{ status: 'ready', embedded: 0 }],
  });
});

test('a model that gives no vectors is refused in plain words, at its place', async () => {
  const { server, path } = await withBase();
  for (const [embedding, words] of [
    ['demo/auto', 'demo cannot turn text into vectors'],
    ['nobody/x', 'nobody'],
  ]) {
    const refused = await readJson(await server.asOwner('PUT', path, { embedding }), 400);
    expect(refused['errors']).toMatchObject([{ pointer: '/embedding', message: expect.stringContaining(words ?? '') }]);
  }
});

test.each([
  ['no name', { text: 'x' }, '/name'],
  ['a name of two lines', { name: 'a\nb', text: 'x' }, '/name'],
  ['a file nobody can read', { name: 'a.exe', file: 'AAAA' }, '/name'],
  ['neither text nor file', { name: 'a.txt' }, '/text'],
  ['both', { name: 'a.txt', text: 'x', file: 'AAAA' }, '/text'],
  ['bytes that are no base 64', { name: 'a.txt', file: '***' }, '/file'],
  ['a strange kind', { name: 'a.txt', kind: 'exe', text: 'x' }, '/kind'],
  ['a strange part', { name: 'a.txt', text: 'x', workspaceId: 'ws_other' }, '/workspaceId'],
])('%s is refused at %s', async (_name, document, pointer) => {
  const { server, path } = await withBase();
  const refused = await readJson(await server.asOwner('POST', `${path}/documents`, document), 400);
  expect(refused['errors']).toMatchObject([{ pointer, message: expect.any(String) }]);
});

test('a document beyond the size of a request is refused before it is read', async () => {
  const { server, path } = await withBase();
  const answer = await server.asOwner('POST', `${path}/documents`, { name: 'a.txt', text: 'x'.repeat(10 * 1024 * 1024) });
  expect(answer.status).toBe(413);
});

test('a question is a line of words and no more', async () => {
  const { server, path } = await withBase();
  for (const body of [{}, { question: ' ' }, { question: 'x', count: 0 }, { question: 'x', minScore: 2 }, { question: 'x', base: 'y' }])
    expect((await server.asOwner('POST', `${path}/search`, body)).status).toBe(400);
  for (const question of ['"', '*', 'a AND NOT b', "'; drop table knowledge_passages; --", '(', '？！', '\u0000'])
    expect(await readJson(await server.asOwner('POST', `${path}/search`, { question }))).toMatchObject({
      passages: [],
      trouble: null,
      usage: { calls: 0 },
    });
});

test('keys that run flows or read runs see no document, and another site adds none', async () => {
  const { server, path } = await withBase();
  const headers = bearer(await server.makeKey(['run', 'read']));
  for (const [method, where, body] of [
    ['GET', '/api/knowledge'],
    ['GET', path],
    ['PUT', path, { name: 'x' }],
    ['POST', `${path}/search`, { question: 'x' }],
    ['POST', `${path}/documents`, { name: 'a', text: 'x' }],
    ['DELETE', path],
  ] as const) {
    expect((await server.send(method, where, body, headers)).status, `${method} ${where}`).toBe(403);
  }
  const foreign = await server.asOwner('POST', `${path}/documents`, { name: 'a', text: 'x' }, { origin: 'https://evil.example' });
  expect(foreign.status).toBe(403);
});
