import type { CallContext, OutboundRequest } from '../interface.ts';
import { type ErrorContext, errorOfResponse } from '../provider-errors.ts';

/** As the packages take one. */
export type Fetch = (input: string | URL | Request, init?: RequestInit) => Promise<Response>;

export interface OutboundFetchOptions {
  call: CallContext;
  context: ErrorContext;
  /** The answer is read as it comes, so its headers are expected soon. */
  stream: boolean;
  /** Last word on the headers, where a provider's authentication is ours. */
  headers?: (() => Promise<Record<string, string>>) | undefined;
}

/**
 * A `fetch` on our outbound request, for packages that want one. A refusal is thrown as our own error here, so that
 * every provider's errors are sorted in one place and no package ever retries or rewords them.
 */
export function outboundFetch({ call, context, stream, headers: more }: OutboundFetchOptions): Fetch {
  return async (input, init = {}) => {
    const { body, type } = await bodyOf(init.body);
    const headers = Object.fromEntries(new Headers(init.headers));
    if (type !== undefined) headers['content-type'] = type;
    if (stream) headers['accept'] = 'text/event-stream';
    if (call.idempotencyKey !== undefined) headers['idempotency-key'] ??= call.idempotencyKey;
    if (more !== undefined) Object.assign(headers, await more());
    // Packages insist on a key; who has none is sent as nobody, not with an empty one.
    for (const name of Object.keys(headers)) if (/^(?:Bearer)?\s*$/.test(headers[name] ?? '')) delete headers[name];
    const url = typeof input === 'string' ? input : input instanceof URL ? input.href : input.url;
    const method = init.method === 'POST' ? 'POST' : 'GET';
    const answer = await call.request({ url, method, headers, signal: call.signal, ...(body === undefined ? {} : { body }) });
    if (answer.status < 200 || answer.status > 299) throw await errorOfResponse(answer, context);
    return new Response(streamOf(answer.body), { status: answer.status, headers: readable(answer.headers) });
  };
}

type Sent = Pick<Parameters<OutboundRequest>[0], 'body'> & { type?: string | undefined };

/** Texts and bytes go as they are; a form is written out, with the type that names its boundary. */
async function bodyOf(body: NonNullable<Parameters<Fetch>[1]>['body']): Promise<Sent> {
  if (body === undefined || body === null) return {};
  if (typeof body === 'string') return { body };
  if (body instanceof Uint8Array) return { body };
  const packed = new Response(body);
  const type = packed.headers.get('content-type') ?? undefined;
  return { body: new Uint8Array(await packed.arrayBuffer()), type };
}

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

/** The body has been unpacked or is read as it is, so what said how it was packed must not be read again. */
function readable(headers: Readonly<Record<string, string>>): Record<string, string> {
  const { 'content-encoding': _encoding, 'content-length': _length, ...rest } = headers;
  return rest;
}
