import type { CallContext } from './interface.ts';
import { isRecord } from './json.ts';
import { type ErrorContext, errorOfResponse } from './provider-errors.ts';
import { readJson } from './read-json.ts';

export interface ListOptions {
  url: string;
  headers: Record<string, string>;
  context: ErrorContext;
}

/** The models a provider lists: `data` with ids, or Google's `models` with names. */
export async function listModels({ url, headers, context }: ListOptions, call: CallContext): Promise<string[]> {
  const response = await call.request({ url, method: 'GET', headers, signal: call.signal });
  if (response.status !== 200) throw await errorOfResponse(response, context);
  const body = readJson(await response.text(), context);
  const list = isRecord(body) ? (body['data'] ?? body['models']) : body;
  if (!Array.isArray(list)) return [];
  return list.flatMap((item: unknown) => {
    const name = isRecord(item) ? (item['id'] ?? item['name']) : undefined;
    return typeof name === 'string' ? [name.replace(/^models\//, '')] : [];
  });
}
