import { isRecord, type Json } from '@patchbay/node-kit';
import { keyOf } from './compare.ts';
import type { ListConfig, OfTwo } from './list-config.ts';
import { at } from './one-list.ts';

export const combine: Record<OfTwo, (first: Json[], second: Json[], config: ListConfig) => Json[]> = {
  append: (first, second) => [...first, ...second],
  zip: (first, second, config) => {
    const length = config.alone ? Math.max(first.length, second.length) : Math.min(first.length, second.length);
    return Array.from({ length }, (_, index) => pair(first[index], second[index], config));
  },
  match: (first, second, config) => {
    const { path, otherPath, alone } = config;
    const partners = Map.groupBy(second, (item) => keyOf(at(item, otherPath === '' ? path : otherPath)));
    return first.flatMap((item) => {
      const key = at(item, path);
      // Nothing equals nothing else: items without a key have no partners.
      const found = key === null ? undefined : partners.get(keyOf(key));
      if (found !== undefined) return found.map((partner) => pair(item, partner, config));
      return alone ? [pair(item, undefined, config)] : [];
    });
  },
};

/** Where both have a field the first one's stays. What is no record can only be put beside the other. */
function pair(first: Json | undefined, second: Json | undefined, { result }: ListConfig): Json {
  const [left, right] = [first ?? {}, second ?? {}];
  if (result === 'merged' && isRecord(left) && isRecord(right)) return { ...right, ...left } as Json;
  return { first: first ?? null, second: second ?? null };
}
