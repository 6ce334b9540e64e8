import { type AiSdkOptions, createAiSdkProvider } from './ai-sdk/provider.ts';
import { type FamilyId, families } from './families.ts';
import type { ChatRequest, ModelProvider } from './interface.ts';
import { moderate } from './moderate.ts';
import { createOpenAiCompatible } from './openai-compatible/provider.ts';

export interface ProviderOptions extends AiSdkOptions {
  family: FamilyId;
}

/** The provider behind a connection, whatever its dialect. Nothing is loaded before its first call. */
export function createProvider({ family, ...options }: ProviderOptions): ModelProvider {
  switch (family) {
    case 'openai-compatible':
      return createOpenAiCompatible(options);
    case 'openai':
      return createOpenAi(options);
    case 'alibaba':
      return createAlibaba(options);
    case 'mistral':
      return { ...createAiSdkProvider(families.mistral, options), ...moderation(options) };
    default:
      return createAiSdkProvider(families[family], options);
  }
}

const moderation = ({ id, baseUrl, apiKey }: AiSdkOptions): Pick<ModelProvider, 'moderate'> => ({
  moderate: (request, call) => moderate({ provider: id, baseUrl: baseUrl.replace(/\/+$/, ''), apiKey }, request, call),
});

/** Models of OpenAI that have no chat completions. */
const onlyResponses = /^(?:gpt-[\d.]+-(?:pro|codex)|o\d-pro|codex|computer-use)/;

/**
 * OpenAI itself: chat on our own wire, which costs least. What was thought is told only by the Responses API, and what is
 * not chat goes by its package too.
 */
function createOpenAi(options: AiSdkOptions): ModelProvider {
  const wire = createOpenAiCompatible(options);
  const sdk = createAiSdkProvider(families.openai, options);
  const on = ({ model, reasoning }: ChatRequest): ModelProvider =>
    (reasoning !== undefined && reasoning !== 'none') || onlyResponses.test(model) ? sdk : wire;
  return {
    ...sdk,
    ...wire,
    usual: sdk.usual,
    generate: (request, call) => on(request).generate(request, call),
    stream: (request, call) => on(request).stream(request, call),
    ...moderation(options),
  };
}

/** Qwen: what is seen and heard in motion goes by our own wire, which has words for it; so do embeddings. */
function createAlibaba(options: AiSdkOptions): ModelProvider {
  const wire = createOpenAiCompatible(options);
  const sdk = createAiSdkProvider(families.alibaba, options);
  const on = (request: ChatRequest): ModelProvider => (holdsMotion(request) ? wire : sdk);
  return {
    ...wire,
    ...sdk,
    generate: (request, call) => on(request).generate(request, call),
    stream: (request, call) => on(request).stream(request, call),
  };
}

const holdsMotion = ({ messages }: ChatRequest): boolean =>
  messages.some(
    ({ content }) =>
      typeof content !== 'string' && content.some((part) => part.type === 'media' && /^(?:audio|video)\//.test(part.mediaType)),
  );
