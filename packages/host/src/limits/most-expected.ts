import { type PriceOverrides, priceOf } from '@patchbay/models';
import { mostOf, type Sized } from '../call-size.ts';
import type { Choice } from '../registry.ts';

/**
 * The most a call is expected to cost in US dollars: what is asked, and an answer of full length. Nothing where no price
 * is known: a budget counts money, and there is none to count.
 */
export function mostExpected({ route, model }: Choice, asked: Sized, prices: PriceOverrides | undefined): number | Promise<number> {
  const price = priceOf({ provider: route.provider.id, model, tableProvider: route.tableProvider }, prices);
  return typeof price === 'function' ? (price(mostOf(asked)) ?? 0) : price.then((known) => known(mostOf(asked)) ?? 0);
}
