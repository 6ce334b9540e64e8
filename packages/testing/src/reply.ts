/** What the server reads of a chat completion request. */
export interface FakeRequest {
  model: string;
  messages: { role: string; content: unknown }[];
  stream: boolean;
  schema: JsonObject | undefined;
  wantsUsage: boolean;
}
export type JsonObject = { [key: string]: unknown };

/** Every way a provider fails. `after` counts the chunks sent before. */
export type Fault =
  /** Answers a status with an error document. */
  | { kind: 'status'; status: number; retryAfter?: string; code?: string; message?: string }
  /** An HTML page where JSON is expected, as a proxy in between gives. */
  | { kind: 'html'; status: number }
  /** Takes the request and never answers. */
  | { kind: 'hang' }
  /** Sends the headers, then `after` chunks, then nothing more. */
  | { kind: 'hang-after-headers'; after?: number }
  /** Closes the socket before the answer. */
  | { kind: 'reset' }
  /** Breaks the connection in the middle of the answer. */
  | { kind: 'cut'; after: number }
  /** Ends the stream politely, but early: no finish reason, no `[DONE]`. */
  | { kind: 'early-end'; after: number }
  /** A chunk, or the whole body, that is no JSON. */
  | { kind: 'malformed'; after?: number }
  /** An error document as an event in mid-stream. */
  | { kind: 'error-event'; after: number; code: string; message: string }
  /** All bytes one by one, so that characters of several bytes are torn apart. */
  | { kind: 'split-bytes' }
  /** A finish reason, but the stream ends without `[DONE]`. */
  | { kind: 'no-done' }
  /** One line of this many bytes. */
  | { kind: 'long-line'; bytes: number }
  | { kind: 'no-usage' }
  | { kind: 'empty-choices' }
  | { kind: 'null-content' }
  | { kind: 'refusal'; text: string }
  /** Exactly these pieces as the body, each written on its own; then the answer ends, breaks off, or hangs. */
  | { kind: 'raw'; pieces: readonly (string | Uint8Array)[]; ending?: 'end' | 'cut' | 'hang'; headers?: Record<string, string> }
  /** Streams this text again and again, as fast as it is read, until the caller leaves. */
  | { kind: 'endless'; text: string }
  /** Redirects to another address. */
  | { kind: 'redirect'; status: number; location: string };

export interface Reply {
  /** The answer; absent echoes the last user message, or fills the asked schema. */
  text?: string | ((request: FakeRequest) => string);
  /** Tools it asks for instead of answering; a string as arguments is sent as it is. */
  tools?: { name: string; arguments: unknown }[];
  fault?: Fault;
  /** Milliseconds before the headers. */
  delayMs?: number;
  /** Milliseconds between chunks of a stream. */
  chunkDelayMs?: number;
  /** Characters per chunk; absent cuts at words. */
  chunkSize?: number;
  finishReason?: string;
  usage?: { prompt_tokens: number; completion_tokens: number };
  /** The model's name in the answer; absent repeats the one asked. */
  model?: string;
}

export function textOfReply(reply: Reply, request: FakeRequest): string {
  if (reply.tools !== undefined) return typeof reply.text === 'string' ? reply.text : '';
  if (typeof reply.text === 'function') return reply.text(request);
  if (reply.text !== undefined) return reply.text;
  if (request.schema !== undefined) return JSON.stringify(sampleOf(request.schema));
  return lastUserText(request);
}

export function lastUserText(request: FakeRequest): string {
  const content = request.messages.findLast((message) => message.role === 'user')?.content;
  if (typeof content === 'string') return content;
  if (!Array.isArray(content)) return '';
  return content.map((part: unknown) => (isObject(part) && typeof part['text'] === 'string' ? part['text'] : '')).join('');
}

/** A value that fits a JSON Schema: first choices, empty texts, zeros. */
export function sampleOf(schema: unknown): unknown {
  if (!isObject(schema)) return null;
  if ('const' in schema) return schema['const'];
  if (Array.isArray(schema['enum'])) return schema['enum'][0] ?? null;
  const type = Array.isArray(schema['type']) ? schema['type'][0] : schema['type'];
  if (type === 'string') return 'text';
  if (type === 'number' || type === 'integer') return typeof schema['minimum'] === 'number' ? schema['minimum'] : 0;
  if (type === 'boolean') return true;
  if (type === 'array') return [sampleOf(schema['items'])];
  if (type !== 'object' || !isObject(schema['properties'])) return null;
  return Object.fromEntries(Object.entries(schema['properties']).map(([key, value]) => [key, sampleOf(value)]));
}

export const isObject = (value: unknown): value is JsonObject => typeof value === 'object' && value !== null && !Array.isArray(value);

/** Words with the space after them, or pieces of a given length; never half a character. */
export function chunksOf(text: string, size: number | undefined): string[] {
  if (text === '') return [];
  if (size === undefined) return text.match(/\s*\S+\s*|\s+/gu) ?? [text];
  const characters = [...text];
  const count = Math.ceil(characters.length / size);
  return Array.from({ length: count }, (_, index) => characters.slice(index * size, (index + 1) * size).join(''));
}
