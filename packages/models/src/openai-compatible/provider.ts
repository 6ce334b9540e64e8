import { ModelError } from '../errors.ts';
import type { CallContext, ChatChunk, ChatRequest, ChatResult, ModelProvider, OutboundResponse, Usage } from '../interface.ts';
import { type PriceOf, type PriceOverrides, priceOf } from '../prices.ts';
import { parseSse } from '../sse.ts';
import { assertAnswer, finishOf, type Gathered, gather, nothingYet, usageOf } from './answer.ts';
import { type ErrorContext, errorOfResponse } from './errors.ts';
import { isRecord } from './json.ts';
import { type Dialect, requestBody } from './request-body.ts';

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

/** Any server that speaks OpenAI's chat completions. The hot path of every run with a model. */
export function createOpenAiCompatible(options: OpenAiCompatibleOptions): ModelProvider {
  const { id, apiKey } = options;
  const base = options.baseUrl.replace(/\/+$/, '');
  const chatUrl = `${base}/chat/completions`;
  const dialect: Dialect = { maxTokensField: base.startsWith('https://api.openai.com/') ? 'max_completion_tokens' : 'max_tokens' };
  const common: Record<string, string> = { 'content-type': 'application/json' };
  if (apiKey !== undefined) common['authorization'] = `Bearer ${apiKey}`;

  const streaming = { ...common, accept: 'text/event-stream' };

  const ask = (request: ChatRequest, call: CallContext, stream: boolean): Promise<OutboundResponse> =>
    call.request({
      url: chatUrl,
      method: 'POST',
      headers: withKey(stream ? streaming : common, call.idempotencyKey),
      body: requestBody(request, stream, dialect),
      signal: call.signal,
    });
  const contextOf = (model: string): ErrorContext => ({ provider: id, model, apiKey });
  const price = (model: string) => priceOf({ provider: id, model, tableProvider: options.tableProvider }, options.prices);

  const generate = async (request: ChatRequest, call: CallContext): Promise<ChatResult> => {
    const context = contextOf(request.model);
    const cost = price(request.model);
    const response = await ask(request, call, false);
    if (response.status !== 200) throw await errorOfResponse(response, context);
    const gathered = nothingYet();
    gather(gathered, readJson(await response.text(), context), 'message', context);
    assertAnswer(gathered, context);
    return { text: gathered.text, ...resultOf(gathered, request, typeof cost === 'function' ? cost : await cost) };
  };

  async function* stream(request: ChatRequest, call: CallContext): AsyncGenerator<ChatChunk> {
    const context = contextOf(request.model);
    const cost = price(request.model);
    const response = await ask(request, call, true);
    if (response.status !== 200) throw await errorOfResponse(response, context);
    const gathered = nothingYet();
    let done = false;
    let failure: unknown;
    const reader = parseSse();
    const texts = (events: string[]): string => {
      let text = '';
      try {
        for (const data of events) {
          if (data === '[DONE]') done = true;
          else text += gather(gathered, readJson(data, context), 'delta', context);
        }
      } catch (error) {
        // The text before the bad event is handed out first.
        failure = error;
      }
      return text;
    };
    for await (const bytes of response.body) {
      const text = texts(reader.push(bytes));
      if (text !== '') yield { type: 'text', text };
      if (failure !== undefined) throw failure;
      if (done) break;
    }
    const last = done ? '' : texts(reader.end());
    if (last !== '') yield { type: 'text', text: last };
    if (failure !== undefined) throw failure;
    if (!done && gathered.finish === undefined)
      throw new ModelError('provider_unavailable', 'stream_cut', { provider: id, model: request.model });
    assertAnswer(gathered, context);
    yield { type: 'end', ...resultOf(gathered, request, typeof cost === 'function' ? cost : await cost) };
  }

  const listModels = async (call: CallContext): Promise<string[]> => {
    const context = contextOf('');
    const response = await call.request({ url: `${base}/models`, method: 'GET', headers: common, signal: call.signal });
    if (response.status !== 200) throw await errorOfResponse(response, context);
    const body = readJson(await response.text(), context);
    const data = isRecord(body) && Array.isArray(body['data']) ? body['data'] : [];
    return data.flatMap((item: unknown) => (isRecord(item) && typeof item['id'] === 'string' ? [item['id']] : []));
  };

  return { id, defaultModel: options.defaultModel, generate, stream, listModels };
}

const withKey = (headers: Record<string, string>, key: string | undefined): Record<string, string> =>
  key === undefined ? headers : { ...headers, 'idempotency-key': key };

function resultOf(gathered: Gathered, request: ChatRequest, price: PriceOf): Omit<ChatResult, 'text'> {
  const usage: Usage = usageOf(gathered, request);
  usage.costUsd = price(usage);
  return { finishReason: finishOf(gathered.finish), usage, model: gathered.model ?? request.model, simulated: false };
}

function readJson(text: string, context: ErrorContext): unknown {
  try {
    return JSON.parse(text);
  } catch {
    throw new ModelError('bad_output', 'malformed_answer', { provider: context.provider, model: context.model });
  }
}
