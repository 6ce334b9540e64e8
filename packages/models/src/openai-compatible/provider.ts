import type { CallContext, ChatRequest, ChatResult, ModelProvider } from '../interface.ts';
import { listModels } from '../list-models.ts';
import { errorOfResponse } from '../provider-errors.ts';
import { readJson } from '../read-json.ts';
import { assertAnswer, gather, nothingYet, resultOf } from './answer.ts';
import { embed } from './embed.ts';
import { streamChat } from './stream.ts';
import { type OpenAiCompatibleOptions, openWire, type Wire } from './wire.ts';

/** Any server that speaks OpenAI's chat completions. The hot path of every run with a model. */
export function createOpenAiCompatible(options: OpenAiCompatibleOptions): ModelProvider {
  const wire = openWire(options);
  return {
    id: options.id,
    defaultModel: options.defaultModel,
    generate: (request, call) => generate(wire, request, call),
    stream: (request, call) => streamChat(wire, request, call),
    embed: (request, call) => embed(wire, request, call),
    listModels: (call) => listModels(wire.models, call),
  };
}

async function generate(wire: Wire, request: ChatRequest, call: CallContext): Promise<ChatResult> {
  const context = wire.context(request.model);
  // Asked for before the call, so that a table that has to be loaded loads while the model thinks.
  const price = wire.price(request.model);
  const response = await wire.chat(request, call, false);
  if (response.status !== 200) throw await errorOfResponse(response, context);
  const gathered = nothingYet();
  gather(gathered, readJson(await response.text(), context), 'message', context);
  assertAnswer(gathered, context);
  return {
    text: gathered.text,
    ...resultOf(gathered, request, { price: typeof price === 'function' ? price : await price, provider: context.provider }),
  };
}
