import {
  type CallContext,
  type ChatChunk,
  type ChatResult,
  estimateInput,
  estimateTokens,
  ModelError,
  type PriceOverrides,
  priceOf,
} from '@patchbay/models';
import type { ModelRequest, Models, StepHandle } from '@patchbay/node-kit';
import { unsentReasons } from './outbound/errors.ts';
import type { Choice, Registry } from './registry.ts';

/** The models as one step sees them: chosen by name, each call with its key and its record, failed ones included. */
export function modelsOfStep(step: StepHandle, registry: Registry, prices: PriceOverrides | undefined): Models {
  let calls = 0;
  // The same call of the same step has the same key in a later attempt, so a provider that knows it bills once.
  const contextOf = ({ route }: Choice): CallContext => {
    calls += 1;
    return { signal: step.signal, request: route.request, idempotencyKey: `${step.run}:${step.scope}:${step.node}:${calls}` };
  };
  const keep = (choice: Choice, result: Omit<ChatResult, 'text'>): void => {
    const { usage, model, simulated } = result;
    step.report({ calls: 1, ...usage, provider: choice.route.provider.id, model, simulated });
  };
  const keepFailed = async (choice: Choice, request: ModelRequest, error: unknown, text: string): Promise<void> => {
    const provider = choice.route.provider.id;
    if (provider === 'demo' || (error instanceof ModelError && unsentReasons.has(error.reason))) return;
    // A provider that refused with a status did no work; one that was cut off may bill for what it did.
    const refused = error instanceof ModelError && typeof error.params['status'] === 'number';
    const inputTokens = refused ? 0 : estimateInput(request);
    const outputTokens = estimateTokens(text);
    const asked = priceOf({ provider, model: choice.model, tableProvider: choice.route.tableProvider }, prices);
    // A known price is used at once: the step may end in this very turn.
    const price = typeof asked === 'function' ? asked : await asked;
    const costUsd = refused ? 0 : price({ inputTokens, outputTokens });
    step.report({ calls: 1, inputTokens, outputTokens, costUsd, estimated: true, provider, model: choice.model, simulated: false });
  };

  return {
    chat: async (request) => {
      const choosing = registry.choose(request.model);
      const choice = choosing instanceof Promise ? await choosing : choosing;
      const asked = { ...request, model: choice.model };
      try {
        const result = await choice.route.provider.generate(asked, contextOf(choice));
        keep(choice, result);
        return result;
      } catch (error) {
        await keepFailed(choice, asked, error, '');
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
            keep(choice, chunk);
          }
          yield chunk;
        }
      } catch (error) {
        if (open) await keepFailed(choice, asked, error, text);
        open = false;
        throw error;
      } finally {
        // The reader left in mid-answer: the provider may bill for what it had written.
        if (open) await keepFailed(choice, asked, undefined, text);
      }
    },
  };
}
