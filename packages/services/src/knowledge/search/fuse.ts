/** Cormack, Clarke and Büttcher, 2009: how little the very first places count more than those after them. */
const steadiness = 60;

/** Reciprocal rank fusion: one order out of several, in which an item counts by its places alone, whatever they were scored by. */
export function fuseRanks<Item>(rankings: readonly (readonly Item[])[]): Item[] {
  const sums = new Map<Item, number>();
  for (const ranking of rankings) {
    for (const [place, item] of [...new Set(ranking)].entries()) sums.set(item, (sums.get(item) ?? 0) + 1 / (steadiness + place + 1));
  }
  // Equal sums stay in the order they were met in.
  return [...sums].sort(([, a], [, b]) => b - a).map(([item]) => item);
}
