import { type ChatResult, ModelError, type PriceOverrides, priceOf, type Usage } from '@patchbay/models';
import type { StepHandle } from '@patchbay/node-kit';
import { type Sized, unseenOf } from './call-size.ts';
import type { Settle } from './limits/purse.ts';
import { unsentReasons } from './outbound/errors.ts';
import type { Choice } from './registry.ts';

/** One call under way. Whichever end comes first is recorded; the others do nothing. */
export interface OpenCall {
  /** Text that has come; what is billed for an answer without an end. */
  heard(text: string): void;
  answered(result: Pick<ChatResult, 'usage' | 'model' | 'simulated'>): void;
  /** `error` is absent where the reader left in mid-answer: the provider may bill for what it had written. */
  failed(error?: unknown): void | Promise<void>;
}

/** Tells the step of each call that reached a provider, whole or not. */
export interface Ledger {
  /** `settle` is told what the call has cost, once. */
  open(choice: Choice, request: Sized, settle?: Settle): OpenCall;
  /** An answer was given again: nobody was called, and what it had cost is saved. */
  recalled(choice: Choice, answer: ChatResult): void;
}

export function createLedger(step: StepHandle, prices: PriceOverrides | undefined): Ledger {
  return {
    open: (choice, request, settle) => openCall({ step, choice, request, settle, prices }),
    recalled: ({ route }, { usage, model, simulated }) =>
      step.report({
        calls: 0,
        inputTokens: 0,
        outputTokens: 0,
        costUsd: 0,
        estimated: false,
        cacheHits: 1,
        savedUsd: usage.costUsd ?? 0,
        provider: route.provider.id,
        model,
        simulated,
      }),
  };
}

interface Opening {
  step: StepHandle;
  choice: Choice;
  request: Sized;
  settle: Settle | undefined;
  prices: PriceOverrides | undefined;
}

function openCall({ step, choice: { route, model }, request, settle, prices }: Opening): OpenCall {
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
  const tell = (call: Usage & { model: string; simulated: boolean }): void => {
    step.report({ calls: 1, ...call, provider });
    settle?.(call.costUsd ?? 0);
  };
  const estimate = (price: ReturnType<typeof priceOf>): void | Promise<void> => {
    const tokens = unseenOf(request, text);
    const report = (costUsd: number | null): void => tell({ estimated: true, model, simulated: false, ...tokens, costUsd });
    // A known price is used at once: the step may end in this very turn.
    return typeof price === 'function' ? report(price(tokens)) : price.then((known) => report(known(tokens)));
  };
  const price = (): ReturnType<typeof priceOf> => priceOf({ provider, model, tableProvider: route.tableProvider }, prices);
  /** A stopped step ends in the same turn: what it had under way is told before, or never. */
  const onAbort = (): void => {
    if (!close()) return;
    if (provider === 'demo') return void settle?.(0);
    const known = price();
    void estimate(typeof known === 'function' ? known : () => null);
  };
  signal.addEventListener('abort', onAbort);

  return {
    heard: (more) => {
      text += more;
    },
    answered: ({ usage, model: answering, simulated }) => {
      if (close()) tell({ ...usage, model: answering, simulated });
    },
    failed: (error) => {
      if (!close()) return undefined;
      if (provider === 'demo' || (error instanceof ModelError && unsentReasons.has(error.reason))) return settle?.(0);
      // A provider that refused with a status did no work; one that was cut off may bill for what it did.
      if (error instanceof ModelError && typeof error.params['status'] === 'number') {
        return tell({ estimated: true, model, simulated: false, inputTokens: 0, outputTokens: 0, costUsd: 0 });
      }
      return estimate(price());
    },
  };
}
