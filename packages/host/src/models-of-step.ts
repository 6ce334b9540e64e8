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
      try {
        const result = await choice.route.provider.generate(asked, contextOf(choice));
        ledger.enter(choice, result);
        return result;
      } catch (error) {
        await ledger.enterFailed({ choice, request: asked, text: '', error });
        throw error;
      }
    },
    stream: async function* (request): AsyncGenerator<ChatChunk> {
      const choice = await registry.choose(request.model);
      const asked = { ...request, model: choice.model };
      let text = '';
      let open = true;
      try {
        for await (const chunk of choice.route.provider.stream(asked, contextOf(choice))) {
          if (chunk.type === 'text') text += chunk.text;
          else {
            open = false;
            ledger.enter(choice, chunk);
          }
          yield chunk;
        }
      } catch (error) {
        if (open) await ledger.enterFailed({ choice, request: asked, text, error });
        open = false;
        throw error;
      } finally {
        // The reader left in mid-answer: the provider may bill for what it had written.
        if (open) await ledger.enterFailed({ choice, request: asked, text, error: undefined });
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
