import type { Usage } from './interface.ts';

/** US dollars per million tokens. */
export interface Price {
  inputPerMillion: number;
  outputPerMillion: number;
}
/** Prices by `provider/model`; they come before the pinned table. */
export type PriceOverrides = ReadonlyMap<string, Price>;

/** The cost of a call's tokens in US dollars; null where no price is known. */
export type PriceOf = (usage: Pick<Usage, 'inputTokens' | 'outputTokens'>) => number | null;

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
  if (override !== undefined) return linear(override.inputPerMillion, override.outputPerMillion);
  const { tableProvider, model } = question;
  if (tableProvider === undefined) return unknown;
  const key = `${tableProvider}/${model}`;
  return known.get(key) ?? look(key, tableProvider, model);
}

const linear =
  (input: number, output: number): PriceOf =>
  (usage) =>
    (usage.inputTokens * input + usage.outputTokens * output) / 1_000_000;

async function look(key: string, providerId: string, model: string): Promise<PriceOf> {
  table ??= import('@pydantic/genai-prices');
  // Without the table a call still succeeds; its cost is then unknown.
  const { calcPrice } = await table.catch(() => ({ calcPrice: () => null }));
  const found = calcPrice({ input_tokens: 0, output_tokens: 0 }, model, { providerId });
  const { input_mtok: input, output_mtok: output } = found?.model_price ?? {};
  let price = unknown;
  if (typeof input === 'number' && typeof output === 'number') price = linear(input, output);
  else if (found !== null) {
    // Prices in tiers depend on the size of the call, so the table is asked each time.
    price = (usage) =>
      calcPrice({ input_tokens: usage.inputTokens, output_tokens: usage.outputTokens }, model, { providerId })?.total_price ?? null;
  }
  // Model names come from flows, so the memory of them is bounded.
  if (known.size >= 1_000) known.clear();
  known.set(key, price);
  return price;
}
