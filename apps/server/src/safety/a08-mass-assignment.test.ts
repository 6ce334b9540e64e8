import { expect, test } from 'vitest';
import { plainFlow } from '../test-server.ts';
import { startOverSockets } from './over-sockets.ts';

/** What a body may never set, on any route. */
const fields: Record<string, unknown> = {
  id: 'flow_01k0000000000000000000000a',
  workspaceId: 'ws_other',
  workspace_id: 'ws_other',
  ownerId: 'x',
  role: 'admin',
  createdAt: 1,
  updatedAt: 1,
  etag: '"x"',
  published: true,
  publishedVersion: 9,
  hash: 'x',
  passwordHash: 'x',
  key: 'pb_live_mine',
  revokedAt: null,
  lastUsedAt: 1,
  scope: 'manage',
  source: 'api',
  model: 'openai/gpt',
  code: '1',
  nodes: {},
  flow: plainFlow,
  graph: plainFlow,
  config: {},
  override: {},
};

test.each(Object.keys(fields))('no write takes “%s” from a body', async (name) => {
  const server = await startOverSockets();
  const flow = await server.publish(plainFlow, 'greet');
  const key = await server.makeKey(['run']);
  const { json: before } = await server.asOwner('GET', `/api/flows/${flow}`);
  const extra = { [name]: fields[name] };
  const withKey = { authorization: `Bearer ${key}` };
  const writes: [method: string, path: string, body: Record<string, unknown>, headers?: Record<string, string>][] = [
    ['POST', `/api/flows/${flow}/runs`, { inputs: { name: 'x' }, ...extra }],
    ['POST', `/api/flows/${flow}/versions`, { slug: 'greet', ...extra }],
    ['POST', '/api/keys', { name: 'k', scopes: ['run'], ...extra }],
    ['POST', '/v1/flows/greet/runs', { inputs: { name: 'x' }, ...extra }, withKey],
    ['POST', '/v1/flows/greet/runs', { inputs: { name: 'x', ...extra } }, withKey],
  ];
  if (name !== 'key' && name !== 'model') {
    const secret = { kind: 'secret', title: 'T', key: 'x', baseUrl: 'https://x.example' };
    const { json: made } = await server.asOwner('POST', '/api/credentials', secret);
    writes.push(
      ['POST', '/api/credentials', { ...secret, ...extra }],
      ['PUT', `/api/credentials/${made.id}`, { title: 'T', ...extra }],
      ['POST', `/api/credentials/${made.id}/rotate`, { key: 'x', ...extra }],
      ['POST', `/api/credentials/${made.id}/try`, { prompt: 'x', ...extra }],
      ['PUT', '/api/models/default', { model: null, ...extra }],
    );
  }
  if (!(name in plainFlow)) {
    writes.push(['POST', '/api/flows', { ...plainFlow, ...extra }], ['PUT', `/api/flows/${flow}`, { ...plainFlow, ...extra }]);
  }
  for (const [method, path, body, headers] of writes) {
    const answer = await server.asOwner(method, path, body, { 'if-match': '*', ...headers });
    expect(answer.status, `${method} ${path}`).toBe(400);
    expect(answer.json.errors[0].pointer, `${method} ${path}`).toContain(name);
  }
  expect((await server.asOwner('GET', `/api/flows/${flow}`)).json).toEqual(before);
  expect((await server.asOwner('GET', '/api/flows')).json.flows).toHaveLength(1);
  expect((await server.asOwner('GET', '/api/runs')).json.runs).toEqual([]);
});
