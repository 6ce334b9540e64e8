import type { McpServer, StepHandle } from '@patchbay/node-kit';
import { type FindSecret, openSecrets } from '../http-of-step.ts';
import type { Outbound } from '../outbound/outbound.ts';

/** As the protocol's client takes one. */
export type McpFetch = (url: string | URL, init?: RequestInit) => Promise<Response>;

export interface FetchParts {
  step: StepHandle;
  outbound: Outbound;
  findSecret: FindSecret;
  server: McpServer;
  /** Told the secrets that were sent, so that what comes back of them can be masked. */
  onSecrets(values: readonly string[]): void;
}

/** A `fetch` for the protocol's client on our outbound request: with its guard, its limits, and the server's secrets. */
export function mcpFetch({ step, outbound, findSecret, server, onSecrets }: FetchParts): McpFetch {
  return async (url, init = {}) => {
    // The client would listen for what the server says unasked. We ask it nothing but tools.
    if (init.method === undefined || init.method === 'GET') return new Response(null, { status: 405 });
    const opened = await openSecrets(server.secrets, String(url), findSecret);
    onSecrets(Object.values(opened));
    const headers = { 'user-agent': 'patchbay', 'accept-encoding': 'identity', ...headersOf(init), ...server.headers, ...opened };
    const signal = init.signal == null ? step.signal : AbortSignal.any([step.signal, init.signal]);
    const answer = await outbound.request(
      { kind: 'http-node' },
      {
        url: String(url),
        method: init.method === 'DELETE' ? 'DELETE' : 'POST',
        headers,
        body: textOf(init.body),
        signal,
        timeoutMs: server.timeoutMs,
      },
    );
    const { 'content-encoding': _encoding, 'content-length': _length, ...rest } = answer.headers;
    const bare = answer.status === 204 || answer.status === 202 || answer.status === 304;
    if (bare) await answer.body[Symbol.asyncIterator]().return?.();
    return new Response(bare ? null : streamOf(answer.body), { status: answer.status === 202 ? 202 : answer.status, headers: rest });
  };
}

const headersOf = (init: RequestInit): Record<string, string> => Object.fromEntries(new Headers(init.headers));

const textOf = (body: RequestInit['body']): string | undefined => (typeof body === 'string' ? body : undefined);

/** Bytes are read only as they are asked for; who leaves early closes the connection. */
function streamOf(bytes: AsyncIterable<Uint8Array>): ReadableStream<Uint8Array> {
  const source = bytes[Symbol.asyncIterator]();
  return new ReadableStream<Uint8Array>(
    {
      pull: async (controller) => {
        const { done, value } = await source.next();
        if (done === true) controller.close();
        else controller.enqueue(value);
      },
      cancel: async () => void (await source.return?.()),
    },
    { highWaterMark: 0 },
  );
}
