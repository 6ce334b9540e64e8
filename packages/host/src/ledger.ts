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

/** One call under way. Whichever end comes first is recorded; the others do nothing. */
export interface OpenCall {
  /** Text that has come; what is billed for an answer without an end. */
  heard(text: string): void;
  answered(result: Omit<ChatResult, 'text'>): void;
  /** `error` is absent where the reader left in mid-answer: the provider may bill for what it had written. */
  failed(error?: unknown): void | Promise<void>;
}

/** Tells the step of each call that reached a provider, whole or not. */
export interface Ledger {
  open(choice: Choice, request: ChatRequest): OpenCall;
}

export function createLedger(step: StepHandle, prices: PriceOverrides | undefined): Ledger {
  return { open: (choice, request) => openCall(step, choice, request, prices) };
}

function openCall(step: StepHandle, { route, model }: Choice, request: ChatRequest, prices: PriceOverrides | undefined): OpenCall {
  const { signal } = step;
  const provider = route.provider.id;
  let text = '';
  let open = true;

  const close = (): boolean => {
    if (!open) return false;
    open = false;
    signal.removeEventListener('abort', onAbort);
    return true;
  };
  const estimate = (price: ReturnType<typeof priceOf>): void | Promise<void> => {
    const tokens = { inputTokens: estimateInput(request), outputTokens: estimateTokens(text) };
    const report = (costUsd: number | null): void =>
      step.report({ calls: 1, estimated: true, provider, model, simulated: false, ...tokens, costUsd });
    // A known price is used at once: the step may end in this very turn.
    return typeof price === 'function' ? report(price(tokens)) : price.then((known) => report(known(tokens)));
  };
  const price = (): ReturnType<typeof priceOf> => priceOf({ provider, model, tableProvider: route.tableProvider }, prices);
  /** A stopped step ends in the same turn: what it had under way is told before, or never. */
  const onAbort = (): void => {
    if (!close() || provider === 'demo') return;
    const known = price();
    void estimate(typeof known === 'function' ? known : () => null);
  };
  signal.addEventListener('abort', onAbort);

  return {
    heard: (more) => {
      text += more;
    },
    answered: ({ usage, model: answering, simulated }) => {
      if (close()) step.report({ calls: 1, ...usage, provider, model: answering, simulated });
    },
    failed: (error) => {
      if (!close() || provider === 'demo' || (error instanceof ModelError && unsentReasons.has(error.reason))) return undefined;
      // A provider that refused with a status did no work; one that was cut off may bill for what it did.
      if (error instanceof ModelError && typeof error.params['status'] === 'number') {
        step.report({ calls: 1, estimated: true, provider, model, simulated: false, inputTokens: 0, outputTokens: 0, costUsd: 0 });
        return undefined;
      }
      return estimate(price());
    },
  };
}
