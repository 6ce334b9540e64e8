import type { CallContext, ChatChunk, ChatResult, PriceOverrides } from '@patchbay/models';
import type { Models, StepHandle } from '@patchbay/node-kit';
import { createLedger } from './ledger.ts';
import type { Choice, Registry } from './registry.ts';

export interface ModelAccess {
  registry: Registry;
  prices: PriceOverrides | undefined;
  /** False: a node that streams is given the whole answer as one text. */
  streaming: boolean;
}

/** The models as one step sees them: chosen by name, each call with its key and its record, failed ones included. */
export function modelsOfStep(step: StepHandle, { registry, prices, streaming }: ModelAccess): Models {
  const ledger = createLedger(step, prices);
  let calls = 0;
  // The same call of the same step has the same key in a later attempt, so a provider that knows it bills once.
  const contextOf = ({ route }: Choice): CallContext => {
    calls += 1;
    return { signal: step.signal, request: route.request, idempotencyKey: `${step.run}:${step.scope}:${step.node}:${calls}` };
  };

  const models: Models = {
    chat: async (request) => {
      const choosing = registry.choose(request.model);
      const choice = choosing instanceof Promise ? await choosing : choosing;
      const asked = { ...request, model: choice.model };
      const call = ledger.open(choice, asked);
      try {
        const result = await choice.route.provider.generate(asked, contextOf(choice));
        call.answered(result);
        return result;
      } catch (error) {
        await call.failed(error);
        throw error;
      }
    },
    stream: async function* (request): AsyncGenerator<ChatChunk> {
      const choice = await registry.choose(request.model);
      const asked = { ...request, model: choice.model };
      const call = ledger.open(choice, asked);
      try {
        for await (const chunk of choice.route.provider.stream(asked, contextOf(choice))) {
          if (chunk.type !== 'end') call.heard(chunk.text);
          else call.answered(chunk);
          yield chunk;
        }
      } catch (error) {
        await call.failed(error);
        throw error;
      } finally {
        await call.failed();
      }
    },
  };
  return streaming ? models : { whole: true, chat: models.chat, stream: (request) => wholeAsStream(models.chat(request)) };
}

async function* wholeAsStream(answer: Promise<ChatResult>): AsyncGenerator<ChatChunk> {
  const { text, ...end } = await answer;
  if (text !== '') yield { type: 'text', text };
  yield { type: 'end', ...end };
}
