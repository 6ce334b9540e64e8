import type { HttpRequest, Json, KnowledgeQuery, NodeContext } from '@patchbay/node-kit';
import { fakeContext } from '@patchbay/node-kit/testing';
import { expect, test } from 'vitest';
import { agentConfig, toolFaults } from './config.ts';
import { openTools } from './open-tools.ts';

async function open(tool: Record<string, Json>, more: Partial<NodeContext> = {}) {
  const ctx = fakeContext(more);
  const { tools } = await openTools(agentConfig.parse({ tools: [{ id: 'it', ...tool }] }).tools, ctx);
  const [made] = tools;
  if (made === undefined) throw new Error('no tool');
  return { ...made, use: (args: Record<string, Json>) => made.call(args, ctx) };
}
const args = [
  { id: 'order', description: 'Number of the order' },
  { id: 'note', required: false },
];

function web(status = 200, text = '{"ok":true}') {
  const sent: HttpRequest[] = [];
  const http: NodeContext['http'] = {
    request: async (request) => {
      sent.push(request);
      return { status, headers: { 'content-type': 'application/json' }, text };
    },
  };
  return { sent, ctx: { http } };
}

test('the clock tells the time of a zone, and what is no zone is refused', async () => {
  const clock = await open({ kind: 'clock' }, { now: () => Date.UTC(2026, 0, 1, 20) });
  expect(await clock.use({})).toEqual({ utc: '2026-01-01T20:00:00.000Z', zone: 'UTC', local: '2026-01-01 20:00:00', weekday: 'Thursday' });
  expect(await clock.use({ zone: 'Asia/Shanghai' })).toMatchObject({ local: '2026-01-02 04:00:00', weekday: 'Friday' });
  await expect(clock.use({ zone: 'Mars/North' })).rejects.toMatchObject({ reason: 'bad_zone' });
});

test('an expression and a template of the author take what the model fills in, as values', async () => {
  const expression = await open({ kind: 'expression', expression: 'price * 2.0', arguments: [{ id: 'price', type: 'number' }] });
  expect(expression.inputSchema).toEqual({
    type: 'object',
    properties: { price: { type: 'number' } },
    required: ['price'],
    additionalProperties: false,
  });
  expect(await expression.use({ price: 4.5 })).toBe(9);
  const template = await open({ kind: 'template', template: 'Dear {{ name }}!', arguments: [{ id: 'name' }] });
  expect(await template.use({ name: '{{ 7 | times: 7 }}' })).toBe('Dear {{ 7 | times: 7 }}!');
});

test('a GET has its arguments in the path and the query, encoded; the host is the author’s', async () => {
  const { sent, ctx } = web();
  const tool = await open({ kind: 'http', url: 'https://shop.example/orders/{order}?lang=en', arguments: args }, ctx);
  expect(tool).toMatchObject({ repeatable: true, description: 'GET shop.example' });
  expect(await tool.use({ order: 'A/7 é@evil.example', note: 'x&y=1' })).toEqual({ status: 200, body: { ok: true } });
  expect(sent[0]).toMatchObject({
    method: 'GET',
    url: 'https://shop.example/orders/A%2F7%20%C3%A9%40evil.example?lang=en&note=x%26y%3D1',
  });
  await expect(tool.use({ order: '..' })).rejects.toMatchObject({ reason: 'url_dots' });
  expect(sent).toHaveLength(1);
});

test('other methods send a JSON body, with the headers and secrets of the author, and are not repeatable', async () => {
  const { sent, ctx } = web();
  const headers = [{ name: 'authorization', secret: 'shop-key' }];
  const tool = await open({ kind: 'http', method: 'POST', url: 'https://shop.example/refunds', headers, arguments: args }, ctx);
  expect(tool.repeatable).toBe(false);
  await tool.use({ order: '7' });
  expect(sent[0]).toMatchObject({ method: 'POST', body: '{"order":"7"}', secrets: { authorization: 'shop-key' } });
});

test('an error status is a failure with what the server said', async () => {
  const { ctx } = web(404, '{"error":"no such order"}');
  const tool = await open({ kind: 'http', url: 'https://shop.example/', arguments: args }, ctx);
  await expect(tool.use({ order: '7' })).rejects.toMatchObject({
    reason: 'tool_status',
    params: { host: 'shop.example', status: 404, answer: '{"error":"no such order"}' },
  });
});

test('a host the model could choose is refused when the flow is saved, and a name is given once', () => {
  const parse = (tools: Json[]) => agentConfig.safeParse({ tools }).error?.issues.map(({ path }) => path.join('.'));
  expect(parse([{ id: 'a', kind: 'http', url: 'https://{host}/x' }])).toEqual(['tools.0.url']);
  expect(parse([{ id: 'a', kind: 'mcp', server: 'mcp.example' }])).toEqual(['tools.0.server']);
  expect(parse([{ id: 'a' }, { id: 'a' }])).toEqual(['tools.1.id']);
});

test('says what a tool still lacks', () => {
  const faults = (tool: Record<string, Json>) => toolFaults(agentConfig.parse({ tools: [{ id: 'it', ...tool }] }));
  expect(faults({ kind: 'calculator' })).toEqual([]);
  for (const [kind, key] of [
    ['http', 'url'],
    ['flow', 'flow'],
    ['mcp', 'server'],
    ['expression', 'expression'],
    ['template', 'template'],
  ] as const)
    expect(faults({ kind })).toEqual([{ code: 'text_missing', path: ['tools', 0, key] }]);
  expect(faults({ kind: 'expression', expression: 'price *', arguments: [{ id: 'price' }] })).toMatchObject([{ code: 'expression_bad' }]);
  expect(faults({ kind: 'template', template: '{% if %}' })).toMatchObject([{ code: 'template_bad' }]);
});

test('documents are searched by the model’s own question, in the author’s base', async () => {
  const asked: KnowledgeQuery[] = [];
  const passage = { text: 'Refunds take 5 days.', document: 'handbook.pdf', headings: ['Refunds'], page: 3, score: 0.9 };
  const knowledge: NodeContext['knowledge'] = {
    search: async (query) => {
      asked.push(query);
      return [passage];
    },
  };
  const tool = await open({ kind: 'knowledge', base: ' kb_1 ' }, { knowledge });
  const { score: _score, ...shown } = passage;
  expect(await tool.use({ question: 'How long do refunds take?' })).toEqual([shown]);
  expect(asked).toEqual([{ base: 'kb_1', question: 'How long do refunds take?', count: 6, minScore: 0 }]);
  expect(tool).toMatchObject({ repeatable: true, inputSchema: { required: ['question'] } });
});
