import { isLongText, nextTurn, ServiceError } from '@patchbay/services';
import type { Context } from 'hono';
import type { Env } from '../environment.ts';
import { bodyLimitBytes, checkJsonText } from './json-limits.ts';

const tooLarge = () => new ServiceError('too_large', 'body_too_large', { params: { limit: bodyLimitBytes / 1024 / 1024 } });

/** The body as text, only if it is JSON by its type and not over the limit. */
export async function readText(c: Context<Env>): Promise<string> {
  const type = c.req.header('content-type');
  if (type === undefined || !/^application\/(?:[\w.+-]+\+)?json\s*(?:;|$)/i.test(type))
    throw new ServiceError('unsupported', 'not_json_type');
  if (c.req.header('content-encoding') !== undefined) throw new ServiceError('unsupported', 'not_json_type');
  const length = c.req.header('content-length');
  if (length === undefined) return readCounted(c.req.raw.body);
  if (Number(length) > bodyLimitBytes) throw tooLarge();
  return c.req.raw.text();
}

/** A body that does not say its size is counted as it comes. */
async function readCounted(body: ReadableStream<Uint8Array> | null): Promise<string> {
  if (body === null) return '';
  const decoder = new TextDecoder();
  let text = '';
  let bytes = 0;
  for await (const chunk of body) {
    bytes += chunk.length;
    if (bytes > bodyLimitBytes) throw tooLarge();
    text += decoder.decode(chunk, { stream: true });
  }
  return text + decoder.decode();
}

/** The body as a JSON value. */
export async function readJson(c: Context<Env>): Promise<unknown> {
  const text = await readText(c);
  return isLongText(text) ? parseLong(text) : parseJson(text);
}

/** Decoding, checking and parsing 10 MiB each take their time: others are answered in between. */
async function parseLong(text: string): Promise<unknown> {
  await nextTurn();
  checkJsonText(text);
  await nextTurn();
  const value = parseChecked(text);
  await nextTurn();
  return value;
}

/** Like `readJson`, where no body at all is as good as an empty object. */
export async function readOptionalJson(c: Context<Env>): Promise<unknown> {
  const text = c.req.header('content-type') === undefined ? await readUntyped(c) : await readText(c);
  if (text === '') return {};
  return isLongText(text) ? parseLong(text) : parseJson(text);
}

/** Nothing, or a refusal: what has no type is not read as JSON. */
async function readUntyped(c: Context<Env>): Promise<''> {
  if (Number(c.req.header('content-length') ?? 0) > 0 || (await readCounted(c.req.raw.body)) !== '') {
    throw new ServiceError('unsupported', 'not_json_type');
  }
  return '';
}

/** A text as JSON within the limits of bodies. */
export function parseJson(text: string): unknown {
  if (text === '') throw new ServiceError('invalid_input', 'body_missing');
  checkJsonText(text);
  return parseChecked(text);
}

function parseChecked(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch (error) {
    throw notJson(error);
  }
}

/** The parser's message may repeat the body; its place does not. */
function notJson(error: unknown): ServiceError {
  const place = /line (\d+) column (\d+)/.exec(error instanceof Error ? error.message : '');
  if (place === null) return new ServiceError('invalid_input', 'body_not_json');
  return new ServiceError('invalid_input', 'body_not_json_at', { params: { line: Number(place[1]), column: Number(place[2]) } });
}
