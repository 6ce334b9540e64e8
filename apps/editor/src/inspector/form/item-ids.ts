import type { Json } from '@patchbay/flow';
import { isRecord } from '@patchbay/flow';
import type { ConfigSchema } from '@patchbay/node-kit';
import { freeId, slug } from '../../store/edits/ids.ts';

/** `ways` gives `way`, `entries` gives `entry`: the beginning of a new entry's id. */
export function singular(list: string): string {
  if (list.endsWith('ies')) return `${list.slice(0, -3)}y`;
  return list.endsWith('s') ? list.slice(0, -1) : list;
}

const idOf = (item: Json): string | undefined => (isRecord(item) && typeof item['id'] === 'string' ? item['id'] : undefined);

export const idsOf = (items: readonly Json[]): string[] => items.map(idOf).filter((id) => id !== undefined);

/** `way_1`, `way_2`, …: an id for an entry that has no title yet. */
export function newItemId(items: readonly Json[], list: string, taken: readonly string[]): string {
  const base = slug(singular(list)).slice(0, 30);
  const used = new Set([...idsOf(items), ...taken]);
  let count = items.length + 1;
  while (used.has(`${base}_${count}`)) count += 1;
  return `${base}_${count}`;
}

/** Whether entries of the list are called by their id, having no title a person could give. */
export const calledById = (item: ConfigSchema): boolean => item.properties?.['id']?.ui?.widget === 'id' && !('title' in item.properties);

/** A new entry, with no field that its schema does not know: one such would make the whole step wrong. */
export function newEntry(item: ConfigSchema, id: string): Json {
  if (item.properties === undefined) return '';
  if (item.properties['id']?.ui?.widget !== 'id') return {};
  return calledById(item) ? { id } : { id, title: '' };
}

/** The id a title gives; the one there is where the title has no letters an id can hold. */
export function idFromTitle(title: string, current: string, taken: readonly string[]): string {
  if (!/[a-z]/i.test(title.normalize('NFKD'))) return current;
  return freeId(title, (id) => taken.includes(id));
}
