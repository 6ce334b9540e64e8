interface PlainCall {
  url: string;
  method: string;
  headers: Record<string, string>;
  body?: string | Uint8Array;
  signal: AbortSignal;
}

/** A way out without guard or pool, for tests of adapters alone. */
export async function plainRequest({ url, method, headers, body, signal }: PlainCall) {
  const response = await fetch(url, { method, headers, body: typeof body === 'object' ? Buffer.from(body) : (body ?? null), signal });
  return {
    status: response.status,
    headers: Object.fromEntries(response.headers),
    body: response.body ?? new ReadableStream<Uint8Array>(),
    text: () => response.text(),
  };
}

/** The same answers without a network: one body, whole or in pieces. */
export function cannedRequest(pieces: readonly (string | Uint8Array)[], status = 200, headers: Record<string, string> = {}) {
  const encoder = new TextEncoder();
  const bytes = pieces.map((piece) => (typeof piece === 'string' ? encoder.encode(piece) : piece));
  return async () => ({
    status,
    headers,
    body: (async function* () {
      yield* bytes;
    })(),
    text: async () => Buffer.concat(bytes).toString('utf8'),
  });
}
