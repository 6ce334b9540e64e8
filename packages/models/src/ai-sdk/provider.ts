import { ModelError } from '../errors.ts';
import type { CallContext, ChatChunk, ChatRequest, ChatResult, ModelProvider } from '../interface.ts';
import { listModels } from '../list-models.ts';
import { type PriceOverrides, priceOf } from '../prices.ts';
import type { ErrorContext } from '../provider-errors.ts';
import { callOptions } from './call-options.ts';
import { capabilitiesOf } from './capabilities.ts';
import { failureOf } from './failure.ts';
import type { Family, FamilySettings, MediaKind, Sdk } from './family.ts';
import { outboundFetch } from './outbound-fetch.ts';
import { type Asked, resultOf } from './parts.ts';
import { readStream } from './stream.ts';

export interface AiSdkOptions {
  /** The first part of `provider/model`. */
  id: string;
  baseUrl: string;
  apiKey?: string | undefined;
  settings?: FamilySettings | undefined;
  defaultModel?: string | undefined;
  /** The provider's id in the price table; absent means its prices are unknown. */
  tableProvider?: string | undefined;
  prices?: PriceOverrides | undefined;
}

/** One family behind one connection: its package opened for a call, and what its errors and prices are told with. */
export interface Opened {
  context(model: string): ErrorContext;
  asked(request: ChatRequest): Promise<Asked>;
  sdk(model: string, call: CallContext, stream: boolean): Promise<Sdk>;
}

/** A provider spoken to through its AI SDK package, on our own outbound request. */
export function createAiSdkProvider(family: Family, options: AiSdkOptions): ModelProvider {
  const opened = open(family, options);
  const context = opened.context('');
  const { listing } = family;
  const baseUrl = trimmed(options.baseUrl);
  return {
    id: options.id,
    defaultModel: options.defaultModel,
    usual: family.usual,
    generate: (request, call) => generate(family, opened, { request, call }),
    stream: (request, call) => streamChat(family, opened, { request, call }),
    listModels: async (call) =>
      listing === undefined
        ? []
        : listModels({ url: `${baseUrl}${listing.path}`, headers: listing.headers(options.apiKey), context }, call),
    ...capabilitiesOf(family.does, opened, options),
  };
}

const trimmed = (url: string): string => url.replace(/\/+$/, '');

function open(family: Family, { id, baseUrl, apiKey, settings = {}, tableProvider, prices }: AiSdkOptions): Opened {
  const secrets = apiKey === undefined ? [] : [apiKey, ...(family.secretsOf?.(apiKey) ?? [])];
  const context = (model: string): ErrorContext => ({ provider: id, model, secrets });
  const given = { baseUrl: trimmed(baseUrl), apiKey, settings };
  return {
    context,
    asked: async (request) => ({
      request,
      context: context(request.model),
      price: await priceOf({ provider: id, model: request.model, tableProvider }, prices),
    }),
    sdk: async (model, call, stream) => {
      const make = await family.load();
      const headers = family.headers === undefined ? undefined : () => family.headers?.(given, call) ?? Promise.resolve({});
      return make({ ...given, fetch: outboundFetch({ call, context: context(model), stream, headers }) });
    },
  };
}

interface Call {
  request: ChatRequest;
  call: CallContext;
}

const optionsOf = (family: Family, { request, call }: Call) => {
  assertTaken(family, request);
  const options = callOptions(request, call.signal);
  const own = family.chatOptions?.(request);
  return own === undefined ? options : { ...options, providerOptions: own };
};

async function generate(family: Family, opened: Opened, asking: Call): Promise<ChatResult> {
  const { request, call } = asking;
  const context = opened.context(request.model);
  const options = optionsOf(family, asking);
  try {
    const [sdk, asked] = await Promise.all([opened.sdk(request.model, call, false), opened.asked(request)]);
    const { content, finishReason, usage, response } = await sdk.chat(request.model).doGenerate(options);
    return resultOf({ content, finish: finishReason, usage, model: response?.modelId }, asked);
  } catch (error) {
    throw failureOf(error, context, call.signal);
  }
}

async function* streamChat(family: Family, opened: Opened, asking: Call): AsyncGenerator<ChatChunk> {
  const { request, call } = asking;
  const context = opened.context(request.model);
  const options = optionsOf(family, asking);
  try {
    const [sdk, asked] = await Promise.all([opened.sdk(request.model, call, true), opened.asked(request)]);
    const { stream } = await sdk.chat(request.model).doStream(options);
    yield* readStream(stream, asked);
  } catch (error) {
    throw failureOf(error, context, call.signal);
  }
}

/** Refuses here what the provider does not take, instead of sending it without. */
function assertTaken(family: Family, { messages, outputs = [] }: ChatRequest): void {
  for (const { content } of messages) {
    if (typeof content === 'string') continue;
    for (const part of content) {
      if (part.type !== 'media' || family.takes.includes(kindOf(part.mediaType))) continue;
      throw new ModelError('invalid_input', 'media_not_taken', { provider: family.title, mediaType: part.mediaType.slice(0, 100) });
    }
  }
  if (outputs.includes('image') && !family.gives.includes('image')) {
    throw new ModelError('invalid_input', 'no_image', { provider: family.title });
  }
}

function kindOf(mediaType: string): MediaKind {
  const [top] = mediaType.split('/');
  return top === 'image' || top === 'audio' || top === 'video' ? top : 'file';
}
