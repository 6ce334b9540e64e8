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

/** What a price depends on. */
export type Billed = Omit<Usage, 'costUsd' | 'estimated' | 'reasoningTokens'>;

/** The cost of a call in US dollars; null where no price is known. */
export type PriceOf = (usage: Billed) => number | null;

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
  const asked: PriceOf = (usage) => calcPrice(tableUsage(usage), model, { providerId })?.total_price ?? null;
  if (typeof input_mtok === 'number' && flat(output_mtok) && flat(cache_read_mtok) && flat(cache_write_mtok)) {
    const ofText = linear({
      inputPerMillion: input_mtok,
      // An embedding has no output, so it has no price for it either.
      outputPerMillion: output_mtok ?? 0,
      cachedInputPerMillion: cache_read_mtok,
      cacheWritePerMillion: cache_write_mtok,
    });
    price = (usage) => (isOfMedia(usage) ? asked(usage) : ofText(usage));
  } else if (found?.model_price['audio_hours'] !== undefined) {
    // Paid by time: without it nothing is known.
    price = (usage) => (usage.audioSeconds === undefined ? null : asked(usage));
  } else if (found !== null) {
    // Prices in tiers depend on the size of the call, so the table is asked each time.
    price = asked;
  }
  // Model names come from flows, so the memory of them is bounded.
  if (known.size >= 1_000) known.clear();
  known.set(key, price);
  return price;
}

/** Sound and pictures have prices of their own, where they have any. */
const isOfMedia = ({ audioSeconds, audioInputTokens, imageOutputTokens }: Billed): boolean =>
  audioSeconds !== undefined || audioInputTokens !== undefined || imageOutputTokens !== undefined;

const tableUsage = ({
  inputTokens,
  outputTokens,
  cachedInputTokens = 0,
  cacheWriteTokens = 0,
  audioSeconds,
  audioInputTokens,
  imageOutputTokens,
}: Billed) => ({
  input_tokens: inputTokens,
  output_tokens: outputTokens,
  cache_read_tokens: cachedInputTokens,
  cache_write_tokens: cacheWriteTokens,
  ...(audioSeconds === undefined ? {} : { audio_seconds: audioSeconds, input_audio_seconds: audioSeconds }),
  // The table refuses a part that is more than the whole.
  ...(audioInputTokens === undefined ? {} : { input_audio_tokens: Math.min(audioInputTokens, inputTokens) }),
  ...(imageOutputTokens === undefined ? {} : { output_image_tokens: Math.min(imageOutputTokens, outputTokens) }),
});
