import type { Json } from '@patchbay/node-kit';
import { hold } from '../conditions/holds.ts';
import { readPath } from '../read-path.ts';
import { compareBy, keyOf } from './compare.ts';
import type { ListConfig, OfOne } from './list-config.ts';

/** What each item shows at the place of the settings; null where it has nothing there. */
export const at = (item: Json, path: string): Json => readPath(item, path) ?? null;

/** One list in, one list out. Items are handed on as they are; the list that came in stays as it was. */
export const change: Record<Exclude<OfOne, 'filter'>, (items: Json[], config: ListConfig) => Json[]> = {
  sort: (items, { path, order, language }) => {
    const compare = compareBy(language, order);
    const keyed = items.map((item) => ({ item, key: at(item, path) }));
    return keyed.sort((a, b) => compare(a.key, b.key)).map(({ item }) => item);
  },
  first: (items, { count }) => items.slice(0, count),
  last: (items, { count }) => (count === 0 ? [] : items.slice(-count)),
  slice: (items, { from, count }) => items.slice(from, from + count),
  unique: (items, { path }) => [...Map.groupBy(items, (item) => keyOf(at(item, path))).values()].map(([first]) => first as Json),
  reverse: (items) => items.toReversed(),
  pick: (items, { path }) => items.map((item) => at(item, path)),
  flatten: (items) => items.flat(),
  group: (items, { path }) =>
    [...Map.groupBy(items, (item) => keyOf(at(item, path))).values()].map((members) => ({
      key: at(members[0] as Json, path),
      count: members.length,
      items: members,
    })),
};

/** The items for which the conditions hold, and the others, each in their order. */
export function filter(items: Json[], { match, conditions }: ListConfig): { items: Json[]; others: Json[] } {
  const kept: Json[] = [];
  const others: Json[] = [];
  for (const item of items) (hold(item, match, conditions) ? kept : others).push(item);
  return { items: kept, others };
}
