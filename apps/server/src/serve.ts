import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { getRequestListener } from '@hono/node-server';
import type { Hono } from 'hono';
import type { Env } from './environment.ts';
import { refuseOnSocket, unreadable } from './http/unreadable.ts';

export interface Listening {
  port: number;
  /** Takes no more connections; resolves when the last answer has ended, or after the time. */
  stop(graceMs: number): Promise<void>;
}

/** Bounds on what a caller may hold open, in milliseconds and bytes. */
const usualLimits = {
  headersTimeout: 15_000,
  requestTimeout: 60_000,
  keepAliveTimeout: 5_000,
  connectionsCheckingInterval: 5_000,
  maxHeaderSize: 16 * 1024,
};
const maxHeaders = 100;
const maxConnections = 1_000;

/** Listens. Rejects with the system's error, for example EADDRINUSE. */
export async function listen(
  app: Pick<Hono<Env>, 'fetch'>,
  host: string,
  port: number,
  limits: Partial<typeof usualLimits> = {},
): Promise<Listening> {
  const server = createServer(
    { ...usualLimits, ...limits },
    getRequestListener((request, bindings) => app.fetch(request, bindings), { overrideGlobalObjects: true, errorHandler: unreadable }),
  );
  server.on('clientError', refuseOnSocket);
  // An expectation we do not know may be passed over (RFC 9110 10.1.1); the usual answer would be one without a sentence.
  server.on('checkExpectation', (request, response) => server.emit('request', request, response));
  server.maxHeadersCount = maxHeaders;
  server.maxConnections = maxConnections;
  await new Promise<void>((resolve, reject) => {
    server.once('error', reject);
    server.listen(port, host, () => {
      server.off('error', reject);
      resolve();
    });
  });
  return { port: (server.address() as AddressInfo).port, stop: (graceMs) => stop(server, graceMs) };
}

async function stop(server: Server, graceMs: number): Promise<void> {
  const closed = new Promise<void>((resolve) => server.close(() => resolve()));
  server.closeIdleConnections();
  const late = setTimeout(() => server.closeAllConnections(), graceMs);
  await closed;
  clearTimeout(late);
}
