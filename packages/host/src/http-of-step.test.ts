import { createServer, type IncomingHttpHeaders, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest';
import { httpOfStep } from './http-of-step.ts';
import { createOutbound, type Outbound } from './outbound/outbound.ts';

const secret = 'Bearer planted-"token"-0001';
let server: Server;
let origin: string;
let outbound: Outbound;
const seen: IncomingHttpHeaders[] = [];

/** Repeats what it was sent, in its body and a header; `/away` sends the caller to another origin. */
beforeAll(async () => {
  server = createServer((request, response) => {
    seen.push(request.headers);
    if (request.url === '/away') {
      response.writeHead(307, { location: `http://localhost:${(server.address() as AddressInfo).port}/` }).end();
      return;
    }
    response.writeHead(200, { 'content-type': 'application/json', 'x-echo': request.headers.authorization ?? '' });
    response.end(JSON.stringify({ headers: request.headers, raw: request.headers.authorization }));
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const { port } = server.address() as AddressInfo;
  origin = `http://127.0.0.1:${port}`;
  outbound = createOutbound({ allowedPrivateHosts: [`127.0.0.1:${port}`, `localhost:${port}`] });
});
afterAll(async () => {
  await outbound.close();
  server.closeAllConnections();
  await new Promise((resolve) => server.close(resolve));
});
beforeEach(() => {
  seen.length = 0;
});

const step = { run: 'r', node: 'n', scope: '', attempt: 1, signal: new AbortController().signal, report: () => undefined };
const http = () => httpOfStep(step, outbound, async (name) => (name === 'crm' ? { value: secret, origin, reserved: false } : undefined));
const get = { method: 'GET' as const, headers: { accept: 'application/json' } };

test('a secret is sent to its origin, and what comes back of it is masked', async () => {
  const answer = await http().request({ ...get, url: `${origin}/orders`, secrets: { authorization: 'crm' } });
  expect(seen[0]).toMatchObject({ authorization: secret, accept: 'application/json', 'user-agent': 'patchbay' });
  expect(JSON.stringify(answer)).not.toContain('planted');
  expect(JSON.parse(answer.text)).toMatchObject({ raw: '[secret]' });
  expect(answer.headers['x-echo']).toBe('[secret]');
});

test('nothing is sent where the secret is missing or bound to another origin', async () => {
  const missing = http().request({ ...get, url: origin, secrets: { authorization: 'other' } });
  await expect(missing).rejects.toMatchObject({ errorClass: 'auth', reason: 'no_secret', params: { secret: 'other' } });
  for (const url of ['https://evil.example/', origin.replace('127.0.0.1', 'localhost'), origin.replace('http:', 'https:')]) {
    const strange = http().request({ ...get, url, secrets: { authorization: 'crm' } });
    await expect(strange, url).rejects.toMatchObject({ errorClass: 'auth', reason: 'secret_elsewhere', params: { secret: 'crm', origin } });
  }
  expect(seen).toEqual([]);
});

test('a redirect to another origin goes on without it', async () => {
  const answer = await http().request({ ...get, url: `${origin}/away`, secrets: { authorization: 'crm' } });
  expect(answer.status).toBe(200);
  expect(seen.map(({ authorization }) => authorization)).toEqual([secret, undefined]);
});

test('a request without secrets is answered as it comes', async () => {
  const answer = await http().request({ ...get, url: origin, headers: { authorization: secret } });
  expect(JSON.parse(answer.text)).toMatchObject({ raw: secret });
});
