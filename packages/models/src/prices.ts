import type { Usage } from './interface.ts';
import { ownPrices } from './own-prices.ts';

/** US dollars per million tokens. */
export interface Price {
  inputPerMillion: number;
  outputPerMillion: number;
  /** Input read from the provider's cache; absent means the price of input. */
  cachedInputPerMillion?: number | undefined;
  /** Input written to the provider's cache; absent means the price of input. */
  cacheWritePerMillion?: number | undefined;
}
/** Prices by `provider/model`; they come before the pinned table. */
export type PriceOverrides = ReadonlyMap<string, Price>;

/** The cost of a call's tokens in US dollars; null where no price is known. */
export type PriceOf = (usage: Pick<Usage, 'inputTokens' | 'outputTokens' | 'cachedInputTokens' | 'cacheWriteTokens'>) => number | null;

const unknown: PriceOf = () => null;
const known = new Map<string, PriceOf>();
let table: Promise<typeof import('@pydantic/genai-prices')> | undefined;

export interface PriceQuestion {
  /** Our connection's id, for overrides. */
  provider: string;
  model: string;
  /** The provider's id in the pinned table; absent means no one there, so the table is not loaded. */
  tableProvider?: string | undefined;
}

/**
 * The price of a model. Known prices come at once, so that a call waits for nothing; the table (2 MB, 80 ms)
 * is loaded the first time a model of a listed provider is asked for.
 */
export function priceOf(question: PriceQuestion, overrides?: PriceOverrides): PriceOf | Promise<PriceOf> {
  const override = overrides?.get(`${question.provider}/${question.model}`);
  if (override !== undefined) return linear(override);
  const { tableProvider, model } = question;
  if (tableProvider === undefined) return unknown;
  const own = ownPrices.get(`${tableProvider}/${model}`);
  if (own !== undefined) return linear(own);
  const key = `${tableProvider}/${model}`;
  return known.get(key) ?? look(key, tableProvider, model);
}

const linear =
  ({ inputPerMillion: input, outputPerMillion: output, cachedInputPerMillion = input, cacheWritePerMillion = input }: Price): PriceOf =>
  ({ inputTokens, outputTokens, cachedInputTokens = 0, cacheWriteTokens = 0 }) =>
    (inputTokens * input +
      outputTokens * output +
      cachedInputTokens * (cachedInputPerMillion - input) +
      cacheWriteTokens * (cacheWritePerMillion - input)) /
    1_000_000;

async function look(key: string, providerId: string, model: string): Promise<PriceOf> {
  table ??= import('@pydantic/genai-prices');
  // Without the table a call still succeeds; its cost is then unknown.
  const { calcPrice } = await table.catch(() => ({ calcPrice: () => null }));
  const found = calcPrice({ input_tokens: 0, output_tokens: 0 }, model, { providerId });
  const { input_mtok, output_mtok, cache_read_mtok, cache_write_mtok } = found?.model_price ?? {};
  const flat = (price: unknown): price is number | undefined => price === undefined || typeof price === 'number';
  let price = unknown;
  if (typeof input_mtok === 'number' && flat(output_mtok) && flat(cache_read_mtok) && flat(cache_write_mtok)) {
    price = linear({
      inputPerMillion: input_mtok,
      // An embedding has no output, so it has no price for it either.
      outputPerMillion: output_mtok ?? 0,
      cachedInputPerMillion: cache_read_mtok,
      cacheWritePerMillion: cache_write_mtok,
    });
  } else if (found !== null) {
    // Prices in tiers depend on the size of the call, so the table is asked each time.
    price = (usage) => calcPrice(tableUsage(usage), model, { providerId })?.total_price ?? null;
  }
  // Model names come from flows, so the memory of them is bounded.
  if (known.size >= 1_000) known.clear();
  known.set(key, price);
  return price;
}

const tableUsage = ({ inputTokens, outputTokens, cachedInputTokens = 0, cacheWriteTokens = 0 }: Parameters<PriceOf>[0]) => ({
  input_tokens: inputTokens,
  output_tokens: outputTokens,
  cache_read_tokens: cachedInputTokens,
  cache_write_tokens: cacheWriteTokens,
});
