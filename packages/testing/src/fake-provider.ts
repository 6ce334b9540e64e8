import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { sendAnswer } from './answer.ts';
import { type FakeRequest, isObject, type JsonObject, type Reply } from './reply.ts';

export interface RecordedCall {
  method: string;
  path: string;
  headers: IncomingMessage['headers'];
  /** The parsed body; null where there is none. */
  body: unknown;
  /** Milliseconds since the server started, monotonic. */
  atMs: number;
  /** The caller left before the answer was complete. */
  aborted: boolean;
  abortedAtMs: number | undefined;
  /** Bytes of the answer that were given to the connection so far, headers included. */
  bytesSent(): number;
}

export interface FakeProviderOptions {
  /** What every call answers that no script line is left for. */
  reply?: Reply | ((request: FakeRequest) => Reply);
  models?: string[];
  /** What a text is as a vector; absent means that no vectors are made here. */
  embed?: (text: string) => number[];
  /** Takes the question for its models and never answers it. */
  silentLists?: boolean;
  /** The list of models is refused with this status. */
  listStatus?: number;
  /** A call with another key gets 401. */
  apiKey?: string;
  /** False for benchmarks: nothing is kept. */
  record?: boolean;
}

export interface FakeProvider {
  /** Base URL as `OPENAI_BASE_URL` takes it, `/v1` included. */
  url: string;
  port: number;
  /** Chat calls and model lists in order of arrival. */
  calls: RecordedCall[];
  /** The next calls get these replies, one each, in order. */
  script(...replies: Reply[]): void;
  /** Resolves when this many calls have arrived. */
  waitForCalls(count: number): Promise<void>;
  close(): Promise<void>;
}

/** A server that speaks the OpenAI wire on loopback and fails on demand. */
export async function startFakeProvider(options: FakeProviderOptions = {}): Promise<FakeProvider> {
  const recorder = createRecorder();
  const script: Reply[] = [];

  const answer = async (request: IncomingMessage, response: ServerResponse): Promise<void> => {
    const text = await readBody(request);
    const body: unknown = text === '' ? null : JSON.parse(text);
    if (options.record !== false) recorder.record(request, response, body);
    if (options.apiKey !== undefined && request.headers.authorization !== `Bearer ${options.apiKey}`) {
      const error = { message: 'Incorrect API key provided.', type: 'invalid_request_error', code: 'invalid_api_key' };
      return sendJson(response, 401, { error });
    }
    if (request.url?.endsWith('/models')) {
      if (options.silentLists === true) return;
      if (options.listStatus !== undefined) return sendJson(response, options.listStatus, { error: { message: 'Not for this key.' } });
      return sendJson(response, 200, { object: 'list', data: (options.models ?? ['fake-model']).map((id) => ({ id, object: 'model' })) });
    }
    if (request.url?.endsWith('/embeddings') && options.embed !== undefined) return sendVectors(response, body, options.embed);
    if (!request.url?.endsWith('/chat/completions')) return sendJson(response, 404, { error: { message: 'Unknown path.', code: null } });
    const asked = readRequest(body);
    const usual = typeof options.reply === 'function' ? options.reply(asked) : (options.reply ?? {});
    await sendAnswer(request, response, { asked, reply: script.shift() ?? usual });
  };

  const server = createServer((request, response) => {
    answer(request, response).catch(() => response.destroy());
  });
  server.keepAliveTimeout = 60_000;
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const { port } = server.address() as AddressInfo;

  return {
    url: `http://127.0.0.1:${port}/v1`,
    port,
    calls: recorder.calls,
    script: (...replies) => void script.push(...replies),
    waitForCalls: recorder.wait,
    close: () =>
      new Promise((resolve) => {
        server.close(() => resolve());
        server.closeAllConnections();
      }),
  };
}

function createRecorder() {
  const calls: RecordedCall[] = [];
  const waiting = new Set<{ count: number; resolve: () => void }>();
  const started = performance.now();
  const now = () => performance.now() - started;
  return {
    calls,
    wait: (count: number): Promise<void> =>
      calls.length >= count ? Promise.resolve() : new Promise((resolve) => waiting.add({ count, resolve })),
    record: ({ method = '', url: path = '', headers }: IncomingMessage, response: ServerResponse, body: unknown): void => {
      const { socket } = response;
      const before = socket?.bytesWritten ?? 0;
      const bytesSent = () => (socket?.bytesWritten ?? before) - before;
      const call: RecordedCall = { method, path, headers, body, atMs: now(), aborted: false, abortedAtMs: undefined, bytesSent };
      calls.push(call);
      response.once('close', () => {
        if (response.writableFinished) return;
        call.aborted = true;
        call.abortedAtMs = now();
      });
      for (const waiter of waiting) if (calls.length >= waiter.count) waiter.resolve();
    },
  };
}

async function readBody(request: IncomingMessage): Promise<string> {
  const parts: Buffer[] = [];
  for await (const part of request) parts.push(part as Buffer);
  return Buffer.concat(parts).toString('utf8');
}

function readRequest(body: unknown): FakeRequest {
  const fields: JsonObject = isObject(body) ? body : {};
  const format = isObject(fields['response_format']) ? fields['response_format']['json_schema'] : undefined;
  const schema = isObject(format) && isObject(format['schema']) ? format['schema'] : undefined;
  const streamOptions = fields['stream_options'];
  return {
    model: typeof fields['model'] === 'string' ? fields['model'] : '',
    messages: Array.isArray(fields['messages']) ? (fields['messages'] as FakeRequest['messages']) : [],
    stream: fields['stream'] === true,
    schema,
    wantsUsage: isObject(streamOptions) && streamOptions['include_usage'] === true,
  };
}

function sendVectors(response: ServerResponse, body: unknown, embed: (text: string) => number[]): void {
  const { model, input } = isObject(body) ? body : {};
  const texts = [input].flat().map(String);
  const data = texts.map((text, index) => ({ object: 'embedding', index, embedding: embed(text) }));
  const tokens = Math.ceil(texts.join('').length / 4);
  sendJson(response, 200, { object: 'list', model, data, usage: { prompt_tokens: tokens, total_tokens: tokens } });
}

export function sendJson(response: ServerResponse, status: number, body: unknown): void {
  const text = JSON.stringify(body);
  response.writeHead(status, { 'content-type': 'application/json', 'content-length': Buffer.byteLength(text) });
  response.end(text);
}
