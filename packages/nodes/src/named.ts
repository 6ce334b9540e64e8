import type { Label } from '@patchbay/node-kit';

/** What a person named, or its id until they do. */
export const labelOf = (item: { id: string; title: string }, otherwise: Label = item.id): Label =>
  item.title === '' ? otherwise : item.title;

interface Issues {
  addIssue(issue: { code: 'custom'; message: string; path: (string | number)[] }): void;
}

/** Named things become ports: each id once, and none that the node keeps for itself. */
export function refuseTakenIds(list: string, items: readonly { id: string }[], reserved: readonly string[], issues: Issues): void {
  const seen = new Set(reserved);
  for (const [index, { id }] of items.entries()) {
    if (seen.has(id)) issues.addIssue({ code: 'custom', message: `"${id}" is already the name of an output`, path: [list, index, 'id'] });
    seen.add(id);
  }
}
