import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { localOwner, uploadFile } from '@patchbay/services';
import { expect, test } from 'vitest';
import { plainFlow } from '../test-server.ts';
import { copyToOtherWorkspace, otherWorkspace } from './foreign-rows.ts';
import { startOverSockets } from './over-sockets.ts';

const foreign = {
  flow: 'flow_01k0000000000000000000000f',
  run: 'run_01k0000000000000000000000f',
  key: 'key_01k0000000000000000000000f',
  credential: 'cred_01k000000000000000000000f',
  knowledge: 'kb_01k0000000000000000000000f',
  document: 'doc_01k0000000000000000000000f',
  file: 'file_0000000000000000000000000f',
};
const missing = {
  flow: 'flow_01k0000000000000000000000g',
  run: 'run_01k0000000000000000000000g',
  key: 'key_01k0000000000000000000000g',
  credential: 'cred_01k000000000000000000000g',
  knowledge: 'kb_01k0000000000000000000000g',
  document: 'doc_01k0000000000000000000000g',
  file: 'file_0000000000000000000000000g',
};
type Kind = keyof typeof foreign;

const requests: [method: string, path: string, kind: Kind, body?: unknown][] = [
  ['GET', '/api/flows/ID', 'flow'],
  ['PUT', '/api/flows/ID', 'flow', plainFlow],
  ['DELETE', '/api/flows/ID', 'flow'],
  ['POST', '/api/flows/ID/check', 'flow'],
  ['POST', '/api/flows/ID/runs', 'flow', { inputs: { name: 'x' } }],
  ['GET', '/api/flows/ID/pins', 'flow'],
  ['PUT', '/api/flows/ID/pins/say', 'flow', { outputs: { text: 'x' } }],
  ['DELETE', '/api/flows/ID/pins/say', 'flow'],
  ['POST', '/api/flows/ID/estimate', 'flow', {}],
  ['GET', '/api/flows/ID/conversations/guest', 'flow'],
  ['DELETE', '/api/flows/ID/conversations/guest', 'flow'],
  ['GET', '/api/flows/ID/versions', 'flow'],
  ['GET', '/api/flows/ID/versions/1', 'flow'],
  ['POST', '/api/flows/ID/versions', 'flow', {}],
  ['GET', '/api/runs/ID', 'run'],
  ['GET', '/api/runs/ID/events', 'run'],
  ['POST', '/api/runs/ID/answers/wait_1', 'run', { values: {} }],
  ['POST', '/api/runs/ID/cancel', 'run'],
  ['POST', '/api/runs/ID/resume', 'run'],
  ['POST', '/api/runs/ID/replay', 'run'],
  ['GET', '/api/files/ID', 'file'],
  ['DELETE', '/api/keys/ID', 'key'],
  ['PUT', '/api/credentials/ID', 'credential', { title: 'x' }],
  ['DELETE', '/api/credentials/ID', 'credential'],
  ['POST', '/api/credentials/ID/rotate', 'credential', { key: 'x' }],
  ['POST', '/api/credentials/ID/test', 'credential'],
  ['POST', '/api/credentials/ID/try', 'credential', { prompt: 'x' }],
  ['GET', '/api/knowledge/ID', 'knowledge'],
  ['PUT', '/api/knowledge/ID', 'knowledge', { name: 'x' }],
  ['DELETE', '/api/knowledge/ID', 'knowledge'],
  ['POST', '/api/knowledge/ID/search', 'knowledge', { question: 'x' }],
  ['POST', '/api/knowledge/ID/documents', 'knowledge', { name: 'x', text: 'x' }],
  ['DELETE', '/api/knowledge/BASE/documents/ID', 'document'],
  ['POST', '/api/knowledge/BASE/documents/ID/retry', 'document'],
];

async function twoWorkspaces() {
  const server = await startOverSockets();
  const flow = await server.publish(plainFlow, 'greet');
  const { json } = await server.asOwner('POST', `/api/flows/${flow}/runs`, { inputs: { name: 'Ada' } });
  const key = await server.asOwner('POST', '/api/keys', { name: 'theirs', scopes: ['run'] });
  const credential = await server.asOwner('POST', '/api/credentials', { kind: 'provider', provider: 'groq', key: 'gsk_x', untested: true });
  const base = await server.asOwner('POST', '/api/knowledge', { name: 'Manuals' });
  const document = await server.asOwner('POST', `/api/knowledge/${base.json.id}/documents`, { name: 'a.txt', text: 'Wash the filter.' });
  await server.services.deps.indexer.idle();
  const file = await uploadFile({ ctx: localOwner(server.services.deps, 'en'), input: { bytes: new TextEncoder().encode('theirs') } });
  copyToOtherWorkspace(server.dataFolder, [
    { table: 'flows', id: flow, as: { id: foreign.flow, slug: 'theirs' } },
    { table: 'runs', id: json.run.id, as: { id: foreign.run, flow_id: foreign.flow } },
    { table: 'api_keys', id: key.json.id, as: { id: foreign.key, hash: 'x' } },
    { table: 'credentials', id: credential.json.id, as: { id: foreign.credential } },
    { table: 'knowledge_bases', id: base.json.id, as: { id: foreign.knowledge, mark: '99' } },
    { table: 'knowledge_documents', id: document.json.id, as: { id: foreign.document, base_id: foreign.knowledge } },
    { table: 'files', id: file.file, as: { id: foreign.file } },
  ]);
  mkdirSync(join(server.dataFolder, 'files', 'ws_other'));
  writeFileSync(join(server.dataFolder, 'files', 'ws_other', foreign.file), 'theirs');
  const mine = {
    flow,
    run: String(json.run.id),
    key: String(key.json.id),
    credential: String(credential.json.id),
    knowledge: String(base.json.id),
    document: String(document.json.id),
    file: file.file,
  };
  return { server, mine };
}

test('every address that takes an id is among those that are tried', async () => {
  const server = await startOverSockets();
  const { paths } = (await server.asOwner('GET', '/api/openapi.json')).json as { paths: Record<string, Record<string, unknown>> };
  const methods = ['get', 'post', 'put', 'delete', 'patch'];
  const shapeOf = (method: string, path: string): string => `${method.toUpperCase()} ${path}`;
  const there = Object.entries(paths).flatMap(([path, operations]) =>
    path.startsWith('/api/') && path.includes('{')
      ? Object.keys(operations).flatMap((method) => (methods.includes(method) ? [shapeOf(method, path.replaceAll(/\{\w+\}/g, '*'))] : []))
      : [],
  );
  const tried = new Set(
    requests.map(([method, path]) => shapeOf(method, path.replaceAll(/(?<=\/)(?:ID|BASE|say|guest|wait_1|1)(?=\/|$)/g, '*'))),
  );
  expect(there.filter((one) => !tried.has(one))).toEqual([]);
  expect(there.length).toBeGreaterThan(30);
});

test('an id of another workspace answers like one that never was, and nothing of theirs changes', async () => {
  const { server, mine } = await twoWorkspaces();
  const before = otherWorkspace(server.dataFolder);
  for (const [method, path, kind, body] of requests) {
    const where = `${method} ${path}`;
    const ask = (id: string) => server.asOwner(method, path.replace('BASE', mine.knowledge).replace('ID', id), body, { 'if-match': '*' });
    const [theirs, none] = [await ask(foreign[kind]), await ask(missing[kind])];
    expect(theirs.status, where).toBe(404);
    expect({ ...theirs.json, instance: '' }, where).toEqual({ ...none.json, instance: '' });
    // The id of the request is a count: now and then it gets a digit longer.
    const plain = { date: '', 'content-length': '' };
    expect({ ...theirs.headers, ...plain }, where).toEqual({ ...none.headers, ...plain });
  }
  expect(otherWorkspace(server.dataFolder)).toEqual(before);
});

test('an id of another kind is an id that never was', async () => {
  const { server, mine } = await twoWorkspaces();
  for (const [method, path, kind, body] of requests) {
    for (const [other, id] of Object.entries(mine)) {
      if (other === kind) continue;
      const answer = await server.asOwner(method, path.replace('BASE', mine.knowledge).replace('ID', id), body, { 'if-match': '*' });
      expect(answer.status, `${method} ${path} with the id of a ${other}`).toBe(404);
    }
  }
});

test('lists hold what is ours alone, also where a filter names something of theirs', async () => {
  const { server, mine } = await twoWorkspaces();
  const lists = await Promise.all(
    [
      '/api/flows',
      '/api/runs',
      `/api/runs?flow=${foreign.flow}`,
      `/api/runs?before=${missing.run}`,
      '/api/keys',
      '/api/credentials',
      '/api/knowledge',
    ].map((path) => server.asOwner('GET', path)),
  );
  for (const { status, text } of lists) {
    expect(status).toBe(200);
    for (const id of Object.values(foreign)) expect(text).not.toContain(id);
  }
  expect(lists[0]?.text).toContain(mine.flow);
  expect(lists[2]?.json.runs).toEqual([]);
});

test('a file of theirs is no input of ours, and no key of ours reads it', async () => {
  const { server } = await twoWorkspaces();
  const takes = {
    ...plainFlow,
    nodes: {
      in: { type: 'input', config: { fields: [{ id: 'doc', type: 'file' }] } },
      out: { type: 'output', config: { fields: [{ id: 'doc', type: 'file' }] } },
    },
    edges: [{ from: 'in.doc', to: 'out.doc' }],
  };
  await server.publish(takes, 'takes');
  const key = await server.makeKey(['run']);
  const [theirs, none] = await Promise.all(
    [foreign.file, missing.file].map((file) => server.call('takes', key, { inputs: { doc: { file } } })),
  );
  expect(theirs?.status).toBe(400);
  expect({ ...theirs?.json, instance: '' }).toEqual({ ...none?.json, instance: '' });
  const headers = { host: `127.0.0.1:${server.port}`, authorization: `Bearer ${key}` };
  expect((await server.send('GET', `/v1/files/${foreign.file}`, { headers })).status).toBe(404);
});

test('our key does not call their endpoint, nor publish over its address', async () => {
  const { server, mine } = await twoWorkspaces();
  const key = await server.makeKey(['run']);
  const theirs = await server.call('theirs', key, { inputs: { name: 'x' } });
  const none = await server.call('nobodys', key, { inputs: { name: 'x' } });
  expect({ ...theirs.json, instance: '' }).toEqual({ ...none.json, instance: '' });
  expect(theirs.status).toBe(404);
  const taken = await server.asOwner('POST', `/api/flows/${mine.flow}/versions`, { slug: 'theirs' });
  expect(taken.status).toBe(409);
});
