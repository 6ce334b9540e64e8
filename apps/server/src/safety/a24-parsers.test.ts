import { gzipSync } from 'node:zlib';
import { expect, test } from 'vitest';
import { plainFlow } from '../test-server.ts';
import { inside, startOverSockets } from './over-sockets.ts';

async function greeting(limits?: { headersTimeout?: number; requestTimeout?: number; connectionsCheckingInterval?: number }) {
  const server = await startOverSockets({}, limits === undefined ? {} : { limits });
  await server.publish(plainFlow, 'greet');
  const key = await server.makeKey(['run']);
  return { server, key };
}

test.each(['gzip', 'deflate', 'br', 'zstd', 'identity', 'gzip, gzip', 'x'])('a body encoded as %s is not unpacked', async (encoding) => {
  const { server, key } = await greeting();
  const bomb = gzipSync(Buffer.alloc(5_000_000, ' '));
  const answer = await server.call('greet', key, bomb, { 'content-encoding': encoding });
  expect(answer.status).toBe(415);
  expect(answer.json.code).toBe('unsupported');
});

const nested = (levels: number, open: string, close: string): string => `${open.repeat(levels)}1${close.repeat(levels)}`;

test.each([
  ['as deep as allowed', `{"inputs":{"name":${JSON.stringify('x')}}}`, 200],
  ['a hundred and one lists', `{"inputs":${nested(101, '[', ']')}}`, 400],
  ['a million lists, never closed', '['.repeat(1_000_000), 400],
  ['a hundred thousand objects', nested(100_000, '{"a":', '}'), 400],
  ['a million keys', `{${'"a":1,'.repeat(1_000_000)}"b":1}`, 400],
  ['ten million bytes of one text', JSON.stringify({ inputs: { name: 'x'.repeat(9_000_000) } }), 400],
  ['more than ten MiB', JSON.stringify({ inputs: { name: 'x'.repeat(10 * 1024 * 1024) } }), 413],
  ['a number no computer has', '{"inputs":{"name":1e999}}', 400],
  ['no number', '{"inputs":{"name":NaN}}', 400],
  ['no JSON after JSON', '{"inputs":{"name":"x"}}x', 400],
  ['half a character', '{"inputs":{"name":"\\ud800"}}', 200],
  ['a zero', '{"inputs":{"name":"\\u0000"}}', 200],
  ['text that turns around', '{"inputs":{"name":"\\u202ecba"}}', 200],
] as const)('%s is answered', async (_, body, status) => {
  const { server, key } = await greeting();
  const answer = await server.call('greet', key, body);
  expect(answer.status).toBe(status);
  expect(answer.text.slice(0, 5_000)).not.toMatch(inside);
  if (status >= 400) expect(answer.json.detail.length).toBeGreaterThan(10);
  if (status === 200) {
    const { json: run } = await server.asOwner('GET', `/api/runs/${answer.json.run.id}`);
    expect(run.outputs).toEqual(answer.json.outputs);
  }
});

/** Requests that two servers could read in two ways. None is answered as if it were good, and no second request slips through. */
const inner = 'GET /health HTTP/1.1\r\nHost: 127.0.0.1\r\n\r\n';
test.each([
  [
    'two lengths',
    `POST /v1/flows/greet/runs HTTP/1.1\r\nHost: 127.0.0.1\r\nContent-Length: 0\r\nContent-Length: ${inner.length}\r\n\r\n${inner}`,
  ],
  [
    'a length and chunks',
    `POST /v1/flows/greet/runs HTTP/1.1\r\nHost: 127.0.0.1\r\nContent-Length: 5\r\nTransfer-Encoding: chunked\r\n\r\n0\r\n\r\n${inner}`,
  ],
  ['chunks, hidden', `POST /v1/flows/greet/runs HTTP/1.1\r\nHost: 127.0.0.1\r\nTransfer-Encoding: xchunked\r\n\r\n0\r\n\r\n${inner}`],
  [
    'chunks twice',
    `POST /v1/flows/greet/runs HTTP/1.1\r\nHost: 127.0.0.1\r\nTransfer-Encoding: chunked, identity\r\n\r\n0\r\n\r\n${inner}`,
  ],
  ['a space before the colon', `POST /v1/flows/greet/runs HTTP/1.1\r\nHost: 127.0.0.1\r\nContent-Length : 3\r\n\r\nabc${inner}`],
  ['a folded header', `GET /health HTTP/1.1\r\nHost: 127.0.0.1\r\nX: a\r\n b: c\r\n\r\n${inner}`],
  ['a bare line feed', `GET /health HTTP/1.1\nHost: 127.0.0.1\n\n${inner}`],
  ['a negative length', `POST /v1/flows/greet/runs HTTP/1.1\r\nHost: 127.0.0.1\r\nContent-Length: -1\r\n\r\n${inner}`],
  ['a length with a sign', `POST /v1/flows/greet/runs HTTP/1.1\r\nHost: 127.0.0.1\r\nContent-Length: +3\r\n\r\nabc${inner}`],
  ['a chunk of a wrong size', `POST /v1/flows/greet/runs HTTP/1.1\r\nHost: 127.0.0.1\r\nTransfer-Encoding: chunked\r\n\r\nzz\r\n${inner}`],
  ['two hosts', `GET /api/flows HTTP/1.1\r\nHost: 127.0.0.1\r\nHost: evil.example\r\nConnection: close\r\n\r\n`],
  ['no host', `GET /api/flows HTTP/1.1\r\nConnection: close\r\n\r\n`],
  ['an empty host', 'GET /api/flows HTTP/1.1\r\nHost:\r\nConnection: close\r\n\r\n'],
  ['another protocol', 'PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n'],
  ['a zero in a header', `GET /health HTTP/1.1\r\nHost: 127.0.0.1\r\nX: a\0b\r\n\r\n`],
])('%s: refused, and the connection ends', async (_, bytes) => {
  const { server } = await greeting();
  const answer = await server.raw(bytes);
  expect(answer).toMatch(/^HTTP\/1\.1 4\d\d /);
  expect(answer.match(/^HTTP\/1\.1 /gm)).toHaveLength(1);
  expect(answer.toLowerCase()).toContain('connection: close');
  expect(answer).not.toContain('"status":"ok"');
  expect((await server.send('GET', '/health')).status).toBe(200);
});

test('headers over 16 KiB are refused with a sentence', async () => {
  const { server, key } = await greeting();
  const answer = await server.call('greet', key, { inputs: {} }, { 'x-large': 'x'.repeat(20_000) });
  expect(answer.status).toBe(431);
  expect(answer.json).toMatchObject({ status: 431, code: 'too_large', detail: expect.stringContaining('16 KiB') });
});

test('whoever sends slowly is told so and let go', async () => {
  const { server } = await greeting({ headersTimeout: 200, requestTimeout: 400, connectionsCheckingInterval: 50 });
  const slow = await Promise.all([
    server.raw('GET / HTTP/1.1\r\nHost: 127.0.0.1\r\nX', 5_000),
    server.raw(`POST /v1/flows/greet/runs HTTP/1.1\r\nHost: 127.0.0.1:${server.port}\r\nContent-Length: 9\r\n\r\n{`, 5_000),
  ]);
  for (const answer of slow) {
    expect(answer).toMatch(/^HTTP\/1\.1 4\d\d /);
    expect(answer).toContain('application/problem+json');
  }
  expect(slow[0]).toContain('took too long');
});
