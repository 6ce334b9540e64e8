import { createServer, type RequestListener, type Server } from 'node:http';
import { type AddressInfo, createServer as createTcpServer, type Socket } from 'node:net';
import { afterEach, expect, test } from 'vitest';
import type { OutboundLimits } from './limits.ts';
import { createOutbound, type Outbound } from './outbound.ts';

let server: Server | undefined;
let outbound: Outbound | undefined;
let connections = 0;
afterEach(async () => {
  await outbound?.close();
  server?.closeAllConnections();
  await new Promise((resolve) => (server === undefined ? resolve(undefined) : server.close(resolve)));
});

async function start(listener: RequestListener, limits: Partial<OutboundLimits> = {}) {
  connections = 0;
  server = createServer(listener);
  server.on('connection', () => {
    connections += 1;
  });
  await new Promise<void>((resolve) => server?.listen(0, '127.0.0.1', resolve));
  const { port } = server.address() as AddressInfo;
  return prepare(port, limits);
}
function prepare(port: number, limits: Partial<OutboundLimits> = {}) {
  const made = createOutbound({ allowedPrivateHosts: [`127.0.0.1:${port}`], limits });
  outbound = made;
  const get = (signal = new AbortController().signal, timeoutMs?: number) =>
    made.request({ kind: 'http-node' }, { url: `http://127.0.0.1:${port}/`, method: 'GET', headers: {}, signal, timeoutMs });
  return { get };
}

/** A bare socket server that answers the first bytes with these, for answers that are no HTTP. */
async function startTcp(answer: string) {
  const sockets = new Set<Socket>();
  const tcp = createTcpServer((socket) => {
    sockets.add(socket.on('error', () => {}));
    socket.once('data', () => socket.end(answer));
  });
  await new Promise<void>((resolve) => tcp.listen(0, '127.0.0.1', resolve));
  const stop = async () => {
    for (const socket of sockets) socket.destroy();
    await new Promise((resolve) => tcp.close(resolve));
  };
  return { port: (tcp.address() as AddressInfo).port, stop };
}

const hang: RequestListener = () => {};
const trickle: RequestListener = (_request, response) => {
  response.write('start');
  const timer = setInterval(() => response.write('.'), 20);
  response.once('close', () => clearInterval(timer));
};

test('a server that never answers is a time-out, and its socket is closed', async () => {
  let closed = false;
  const { get } = await start((request) => request.socket.once('close', () => (closed = true)), { firstByteMs: 100 });
  await expect(get()).rejects.toMatchObject({ errorClass: 'timeout', reason: 'first_byte_timeout' });
  await expect.poll(() => closed, { timeout: 5_000 }).toBe(true);
});

test('silence in the middle of a body is a time-out; what came before was handed out', async () => {
  const { get } = await start((_request, response) => void response.write('start'), { idleMs: 100 });
  const { body } = await get();
  const texts: string[] = [];
  await expect(async () => {
    for await (const bytes of body) texts.push(Buffer.from(bytes).toString());
  }).rejects.toMatchObject({ errorClass: 'timeout', reason: 'idle_timeout' });
  expect(texts).toEqual(['start']);
});

test('the whole time is limited however lively the body', async () => {
  const { get } = await start(trickle, { totalMs: 150 });
  const whole = get().then((response) => response.text());
  await expect(whole).rejects.toMatchObject({ errorClass: 'timeout', reason: 'total_timeout' });
});

test('a caller may ask for less time, never for more', async () => {
  const { get } = await start(hang, { totalMs: 400 });
  await expect(get(undefined, 50)).rejects.toMatchObject({ reason: 'total_timeout' });
  await expect(get(undefined, 60_000)).rejects.toMatchObject({ reason: 'total_timeout' });
});

test('nobody listening is a failed connection', async () => {
  const { port, stop } = await startTcp('');
  await stop();
  await expect(prepare(port).get()).rejects.toMatchObject({ errorClass: 'provider_unavailable', reason: 'connect_failed' });
});

test('a name nobody knows is a failed lookup', async () => {
  const resolve = () => Promise.reject(Object.assign(new Error('no'), { code: 'ENOTFOUND' }));
  outbound = createOutbound({ resolve });
  const asked = { url: 'http://nobody.example/', method: 'GET', headers: {}, signal: new AbortController().signal } as const;
  await expect(outbound.request({ kind: 'http-node' }, asked)).rejects.toMatchObject({
    errorClass: 'provider_unavailable',
    reason: 'dns_failed',
  });
});

test('a server that speaks no TLS is a failed handshake, not an answer', async () => {
  const { port, stop } = await startTcp('this is no TLS\r\n');
  outbound = createOutbound({ allowedPrivateHosts: [`127.0.0.1:${port}`] });
  const asked = { url: `https://127.0.0.1:${port}/`, method: 'GET', headers: {}, signal: new AbortController().signal } as const;
  await expect(outbound.request({ kind: 'http-node' }, asked)).rejects.toMatchObject({
    errorClass: 'provider_unavailable',
    reason: 'tls_failed',
  });
  await stop();
});

test('a connection that breaks, before or within the answer, is the provider’s fault', async () => {
  const { get } = await start((request, response) => {
    if (connections === 1) return void request.socket.destroy();
    response.writeHead(200, { 'content-length': 100 }).write('half');
    setImmediate(() => response.destroy());
  });
  await expect(get()).rejects.toMatchObject({ errorClass: 'provider_unavailable', reason: 'connection_lost' });
  const response = await get();
  await expect(response.text()).rejects.toMatchObject({ reason: 'connection_lost' });
});

test('bytes that are no HTTP are said to be so', async () => {
  const { port, stop } = await startTcp('SSH-2.0-OpenSSH_9.9\r\n');
  await expect(prepare(port).get()).rejects.toMatchObject({ errorClass: 'provider_unavailable', reason: 'malformed_http' });
  await stop();
});

test('stopping closes the socket, whether waiting or reading', async () => {
  let asked = 0;
  let closed = 0;
  const { get } = await start((request, response) => {
    asked += 1;
    request.socket.once('close', () => {
      closed += 1;
    });
    if (asked === 2) trickle(request, response);
  });
  const waiting = new AbortController();
  const first = get(waiting.signal);
  first.catch(() => {});
  await expect.poll(() => asked, { timeout: 5_000 }).toBe(1);
  waiting.abort();
  await expect(first).rejects.toMatchObject({ errorClass: 'cancelled' });
  const reading = new AbortController();
  const { body } = await get(reading.signal);
  await expect(async () => {
    for await (const _ of body) reading.abort();
  }).rejects.toMatchObject({ errorClass: 'cancelled' });
  await expect.poll(() => closed, { timeout: 5_000 }).toBe(2);
  await expect(get(AbortSignal.abort())).rejects.toMatchObject({ errorClass: 'cancelled' });
});

test('leaving a body early closes its connection, unless it ends by itself', async () => {
  let asked = 0;
  let closed = 0;
  const { get } = await start((request, response) => {
    asked += 1;
    request.socket.once('close', () => {
      closed += 1;
    });
    if (asked === 1) trickle(request, response);
    else response.end('short');
  });
  for await (const _ of (await get()).body) break;
  await expect.poll(() => closed, { timeout: 5_000 }).toBe(1);
  for (let turn = 0; turn < 10; turn += 1) for await (const _ of (await get()).body) break;
  expect(await (await get()).text()).toBe('short');
  expect(closed).toBe(1);
});

test('a body over the limit is refused, announced or not, and so is one without end', async () => {
  const { get } = await start(
    (_request, response) => {
      const fill = () => {
        while (!response.destroyed && response.write(Buffer.alloc(10_000)));
        response.once('drain', fill);
      };
      fill();
    },
    { bodyBytes: 50_000 },
  );
  await expect((await get()).text()).rejects.toMatchObject({ errorClass: 'bad_output', reason: 'response_too_large' });
  const { body } = await get();
  let read = 0;
  await expect(async () => {
    for await (const bytes of body) read += bytes.length;
  }).rejects.toMatchObject({ reason: 'response_too_large' });
  expect(read).toBeLessThanOrEqual(50_000);
});

test('a slow reader holds the sender back', async () => {
  let sent = 0;
  const size = 8 * 1024 * 1024;
  const { get } = await start((_request, response) => {
    const fill = () => {
      while (sent < size) {
        sent += 64 * 1024;
        if (!response.write(Buffer.alloc(64 * 1024))) return void response.once('drain', fill);
      }
      response.end();
    };
    fill();
  });
  const { body } = await get();
  const iterator = body[Symbol.asyncIterator]();
  let read = (await iterator.next()).value?.length ?? 0;
  await expect.poll(() => sent, { timeout: 5_000 }).toBeGreaterThan(0);
  const settled = await stable(() => sent);
  expect(settled).toBeLessThan(size);
  for (let next = await iterator.next(); next.done !== true; next = await iterator.next()) read += next.value.length;
  expect(read).toBe(size);
});

/** A figure that has not changed for a while. */
async function stable(figure: () => number): Promise<number> {
  for (let last = -1; ; last = figure()) {
    await new Promise((resolve) => setTimeout(resolve, 60));
    if (figure() === last) return last;
  }
}

test('connections are kept and used again', async () => {
  const { get } = await start((_request, response) => response.end('ok'));
  for (let turn = 0; turn < 20; turn += 1) expect(await (await get()).text()).toBe('ok');
  // A socket is free a turn after its answer, so a caller in a hurry may open a second one.
  expect(connections).toBeLessThanOrEqual(2);
});

test('a mark at the start of a text is not part of it; repeated headers are one line', async () => {
  const { get } = await start((_request, response) => {
    response.writeHead(200, { 'set-cookie': ['a=1', 'b=2'] }).end('\uFEFF{"a":"é"}');
  });
  const response = await get();
  expect(response.headers['set-cookie']).toBe('a=1, b=2');
  expect(JSON.parse(await response.text())).toEqual({ a: 'é' });
});
