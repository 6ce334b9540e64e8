import { type ChatRequest, estimateInput, type PriceOverrides, priceOf } from '@patchbay/models';
import type { Choice } from '../registry.ts';

/** The longest answer that is reckoned with where the author set none, in tokens. */
export const usualLongestAnswer = 4_096;

/**
 * The most a call is expected to cost in US dollars: what is asked, and an answer of full length. Nothing where no price
 * is known: a budget counts money, and there is none to count.
 */
export function mostExpected({ route, model }: Choice, request: ChatRequest, prices: PriceOverrides | undefined): number | Promise<number> {
  const price = priceOf({ provider: route.provider.id, model, tableProvider: route.tableProvider }, prices);
  const tokens = () => ({ inputTokens: estimateInput(request), outputTokens: request.maxOutputTokens ?? usualLongestAnswer });
  return typeof price === 'function' ? (price(tokens()) ?? 0) : price.then((known) => known(tokens()) ?? 0);
}
