import type { Price } from './prices.ts';

const flat = (inputPerMillion: number, outputPerMillion: number): Price => ({ inputPerMillion, outputPerMillion });

/**
 * What the pinned table lacks, by its `provider/model`: list prices in US dollars of Alibaba Cloud Model Studio's
 * international site, lowest tier, as of late 2025. A workspace's own prices come before them.
 */
export const ownPrices: ReadonlyMap<string, Price> = new Map([
  ['alibaba/qwen3-max', flat(1.2, 6)],
  ['alibaba/qwen-max', flat(1.6, 6.4)],
  ['alibaba/qwen-plus', flat(0.4, 1.2)],
  ['alibaba/qwen-flash', flat(0.05, 0.4)],
  ['alibaba/qwen-turbo', flat(0.05, 0.2)],
  ['alibaba/qwen3-vl-plus', flat(0.2, 1.6)],
  ['alibaba/qwen-vl-max', flat(0.8, 3.2)],
  ['alibaba/qwen-vl-plus', flat(0.21, 0.63)],
  ['alibaba/text-embedding-v4', flat(0.07, 0)],
  ['alibaba/text-embedding-v3', flat(0.07, 0)],
]);
