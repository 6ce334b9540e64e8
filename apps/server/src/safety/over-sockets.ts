import { type IncomingHttpHeaders, request } from 'node:http';
import { connect } from 'node:net';
import { onTestFinished } from 'vitest';
import { listen } from '../serve.ts';
import { startTestServer, type TestServer } from '../test-server.ts';

/** An answer with everything that came over the wire. */
export interface Answer {
  status: number;
  headers: IncomingHttpHeaders;
  text: string;
  // biome-ignore lint/suspicious/noExplicitAny: a test reads what it asserts.
  json: any;
}
export type Headers = Record<string, string | string[] | undefined>;

export interface Running extends Omit<TestServer, 'send' | 'asOwner'> {
  url: string;
  port: number;
  /** Host and cookie of the owner's browser. */
  cookie: string;
  /** A request with these headers and no more; a body without a type is JSON. */
  send(method: string, path: string, options?: { headers?: Headers; body?: unknown }): Promise<Answer>;
  /** The same as the owner's browser sends it. */
  asOwner(method: string, path: string, body?: unknown, headers?: Headers): Promise<Answer>;
  /** A call of a published flow by key. */
  call(slug: string, key: string, body: unknown, headers?: Headers): Promise<Answer>;
  /** These bytes on a socket of their own; what comes back until it closes or falls silent. */
  raw(text: string, quietMs?: number): Promise<string>;
}

/** The whole server behind a real listener on loopback. */
export async function startOverSockets(
  environment: Record<string, string> = {},
  { editorFolder, limits }: { editorFolder?: string; limits?: Parameters<typeof listen>[3] } = {},
): Promise<Running> {
  const server = await startTestServer(environment, editorFolder);
  const listener = await listen(server.app, '127.0.0.1', 0, limits);
  onTestFinished(() => listener.stop(100));
  const { port } = listener;
  const url = `http://127.0.0.1:${port}`;
  const send: Running['send'] = (method, path, options) => sendTo(port, method, path, options);
  const page = await send('GET', '/');
  const cookie = String(page.headers['set-cookie'] ?? '').split(';')[0] ?? '';
  return {
    ...server,
    url,
    port,
    cookie,
    send,
    asOwner: (method, path, body, headers = {}) => send(method, path, { body, headers: { cookie, origin: url, ...headers } }),
    call: (slug, key, body, headers = {}) =>
      send('POST', `/v1/flows/${slug}/runs`, { body, headers: { authorization: `Bearer ${key}`, ...headers } }),
    raw: (text, quietMs) => rawTo(port, text, quietMs),
  };
}

function sendTo(port: number, method: string, path: string, { headers = {}, body }: Parameters<Running['send']>[2] = {}): Promise<Answer> {
  const payload = body === undefined || typeof body === 'string' || body instanceof Uint8Array ? body : JSON.stringify(body);
  const usual = {
    host: `127.0.0.1:${port}`,
    connection: 'close',
    ...(payload === undefined ? {} : { 'content-type': 'application/json', 'content-length': String(Buffer.byteLength(payload)) }),
  };
  const given = Object.fromEntries(Object.entries({ ...usual, ...headers }).filter(([, value]) => value !== undefined));
  return new Promise((resolve, reject) => {
    const asked = request({ port, host: '127.0.0.1', method, path, headers: given as Record<string, string | string[]> }, (response) => {
      const chunks: Buffer[] = [];
      response.on('data', (chunk) => chunks.push(chunk));
      response.on('end', () => {
        const text = Buffer.concat(chunks).toString();
        const isJson = /json/.test(response.headers['content-type'] ?? '') && text !== '';
        resolve({ status: response.statusCode ?? 0, headers: response.headers, text, json: isJson ? JSON.parse(text) : undefined });
      });
      response.on('error', reject);
    });
    asked.on('error', reject);
    asked.end(payload);
  });
}

function rawTo(port: number, text: string, quietMs = 500): Promise<string> {
  return new Promise((resolve) => {
    let answer = '';
    const socket = connect(port, '127.0.0.1', () => socket.write(text, 'latin1'));
    socket.setTimeout(quietMs, () => socket.destroy());
    socket.on('data', (chunk) => {
      answer += chunk.toString('latin1');
    });
    socket.on('close', () => resolve(answer));
    socket.on('error', () => {});
  });
}

/** What may never stand in an answer. */
export const inside = /node_modules|\.(?:ts|js):\d+|\bat [\w.<>]+ \(|SqliteError|SQLITE_|select .* from|insert into/i;
