import { ModelError, type OutboundResponse } from '@patchbay/models';
import type { Dispatcher, Pool } from 'undici';
import { createBody } from './body.ts';
import { errorOfSignal, errorOfTransport } from './errors.ts';

/** One request on a pool. */
export interface Exchange {
  host: string;
  path: string;
  method: Dispatcher.HttpMethod;
  headers: Record<string, string>;
  body: string | Uint8Array | null;
  signal: AbortSignal;
  /** A moment of `performance.now()`. */
  deadline: number;
  firstByteMs: number;
  /** Largest body, in bytes. */
  limit: number;
}

/** How long a body that nobody reads to its end may still end by itself, which saves the connection. */
const graceMs = 100;

type Headers = Parameters<NonNullable<Dispatcher.DispatchHandler['onResponseStart']>>[2];

/**
 * Sends one request and resolves with its headers. It sits right on undici's dispatch: no stream objects, since
 * this is on the path of every model call.
 */
export function exchange(pool: Pool, asked: Exchange): Promise<OutboundResponse> {
  const { signal, host, limit } = asked;
  if (signal.aborted) return Promise.reject(errorOfSignal(signal));
  return new Promise((resolve, reject) => {
    let controller: Dispatcher.DispatchController | undefined;
    let failure: ModelError | undefined;
    let ended = false;
    const body = createBody({
      limit,
      host,
      resume: () => controller?.resume(),
      leave: () => {
        controller?.resume();
        setTimeout(() => fail(new ModelError('cancelled', 'cancelled')), graceMs).unref();
      },
    });
    const settle = (): void => {
      ended = true;
      clearTimeout(timer);
      signal.removeEventListener('abort', onAbort);
      body.end(failure);
    };
    const fail = (error: ModelError): void => {
      if (ended) return;
      failure = error;
      settle();
      // After the headers this has no effect; the body tells its reader.
      reject(error);
      controller?.abort(error);
    };
    const onAbort = (): void => fail(errorOfSignal(signal));
    const timer = setTimeout(
      () => fail(new ModelError('timeout', 'total_timeout', { host })),
      Math.max(0, asked.deadline - performance.now()),
    );
    signal.addEventListener('abort', onAbort);
    const { path, method, headers, firstByteMs } = asked;
    try {
      pool.dispatch(
        { path, method, headers, body: asked.body, headersTimeout: firstByteMs },
        {
          onRequestStart: (given) => {
            controller = given;
            if (failure !== undefined) given.abort(failure);
          },
          onResponseStart: (_, status, raw) => {
            if (status < 200 || ended) return;
            const answer = flatten(raw);
            const encoding = answer['content-encoding'];
            resolve({ status, headers: answer, body: { [Symbol.asyncIterator]: body.iterate }, text: () => body.text(encoding) });
          },
          onResponseData: (given, chunk) => {
            if (!ended && body.push(chunk)) given.pause();
          },
          onResponseEnd: settle,
          onResponseError: (_, error) => fail(errorOfTransport(error, host)),
        },
      );
    } catch (error) {
      fail(errorOfTransport(error, host));
    }
  });
}

/** A header that came several times is one line, as RFC 9110 5.3 has it. */
function flatten(raw: Headers): Record<string, string> {
  const headers: Record<string, string> = {};
  for (const name in raw) {
    const value = raw[name];
    if (value !== undefined) headers[name] = typeof value === 'string' ? value : value.join(', ');
  }
  return headers;
}
