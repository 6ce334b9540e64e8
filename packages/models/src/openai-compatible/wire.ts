import { ModelError } from '../errors.ts';
import type { CallContext, ChatRequest, OutboundResponse } from '../interface.ts';
import type { ListOptions } from '../list-models.ts';
import { type PriceOf, type PriceOverrides, priceOf } from '../prices.ts';
import type { ErrorContext } from '../provider-errors.ts';
import { dialectOf, requestBody } from './request-body.ts';

export interface OpenAiCompatibleOptions {
  /** The first part of `provider/model`. */
  id: string;
  /** Where `/chat/completions` hangs, `/v1` included. */
  baseUrl: string;
  apiKey?: string | undefined;
  defaultModel?: string | undefined;
  /** The provider's id in the price table; absent means its prices are unknown. */
  tableProvider?: string | undefined;
  prices?: PriceOverrides | undefined;
}

/** One server of this wire: what to send where, and what its models cost. */
export interface Wire {
  chat(request: ChatRequest, call: CallContext, stream: boolean): Promise<OutboundResponse>;
  /** Anything but chat; the path begins with a slash. */
  post(path: string, body: object, call: CallContext): Promise<OutboundResponse>;
  /** Where and how its models are listed. */
  models: ListOptions;
  price(model: string): PriceOf | Promise<PriceOf>;
  context(model: string): ErrorContext;
}

export function openWire({ id, baseUrl, apiKey, tableProvider, prices }: OpenAiCompatibleOptions): Wire {
  const base = baseUrl.replace(/\/+$/, '');
  const chatUrl = `${base}/chat/completions`;
  const dialect = dialectOf(`${base}/`);
  const whole: Record<string, string> = { 'content-type': 'application/json' };
  if (apiKey !== undefined) whole['authorization'] = `Bearer ${apiKey}`;
  const streamed = { ...whole, accept: 'text/event-stream' };
  return {
    chat: async (request, { request: send, signal, idempotencyKey }, stream) => {
      // This wire has no words for a picture in an answer.
      if (request.outputs !== undefined && request.outputs.length > 0) throw new ModelError('invalid_input', 'no_image', { provider: id });
      const usual = stream ? streamed : whole;
      const headers = idempotencyKey === undefined ? usual : { ...usual, 'idempotency-key': idempotencyKey };
      return send({ url: chatUrl, method: 'POST', headers, body: requestBody(request, stream, dialect), signal });
    },
    post: (path, body, { request: send, signal }) =>
      send({ url: `${base}${path}`, method: 'POST', headers: whole, body: JSON.stringify(body), signal }),
    models: { url: `${base}/models`, headers: whole, context: { provider: id, model: '', secrets: [apiKey] } },
    price: (model) => priceOf({ provider: id, model, tableProvider }, prices),
    context: (model) => ({ provider: id, model, secrets: [apiKey] }),
  };
}
