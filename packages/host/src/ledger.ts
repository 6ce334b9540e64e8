import {
  type ChatRequest,
  type ChatResult,
  estimateInput,
  estimateTokens,
  ModelError,
  type PriceOverrides,
  priceOf,
} from '@patchbay/models';
import type { StepHandle } from '@patchbay/node-kit';
import { unsentReasons } from './outbound/errors.ts';
import type { Choice } from './registry.ts';

/** A call without a whole answer. */
export interface FailedCall {
  choice: Choice;
  request: ChatRequest;
  /** What had come until then. */
  text: string;
  /** Absent where the reader left. */
  error: unknown;
}

/** Tells the step of each call that reached a provider, whole or not. */
export interface Ledger {
  enter(choice: Choice, result: Omit<ChatResult, 'text'>): void;
  enterFailed(call: FailedCall): Promise<void>;
}

export function createLedger(step: StepHandle, prices: PriceOverrides | undefined): Ledger {
  return {
    enter: ({ route }, { usage, model, simulated }) => step.report({ calls: 1, ...usage, provider: route.provider.id, model, simulated }),
    enterFailed: async ({ choice: { route, model }, request, text, error }) => {
      const provider = route.provider.id;
      if (provider === 'demo' || (error instanceof ModelError && unsentReasons.has(error.reason))) return;
      const entry = { calls: 1, estimated: true, provider, model, simulated: false };
      // A provider that refused with a status did no work; one that was cut off may bill for what it did.
      if (error instanceof ModelError && typeof error.params['status'] === 'number') {
        return step.report({ ...entry, inputTokens: 0, outputTokens: 0, costUsd: 0 });
      }
      const tokens = { inputTokens: estimateInput(request), outputTokens: estimateTokens(text) };
      const price = priceOf({ provider, model, tableProvider: route.tableProvider }, prices);
      // A known price is used at once: the step may end in this very turn.
      const costUsd = typeof price === 'function' ? price(tokens) : (await price)(tokens);
      step.report({ ...entry, ...tokens, costUsd });
    },
  };
}
