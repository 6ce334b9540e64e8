import { slugPattern } from '@patchbay/flow';
import type { Deps } from '../deps.ts';

/** An address made of a name: what is no Latin letter or digit becomes a hyphen, and nothing left becomes `flow`. */
export function slugOf(name: string): string {
  const plain = name
    .normalize('NFKD')
    .toLowerCase()
    .replace(/[\u0300-\u036f]/g, '')
    .replace(/[^a-z0-9]+/g, '-')
    .slice(0, 48)
    .replace(/^-+|-+$/g, '');
  return slugPattern.test(plain) ? plain : 'flow';
}

/** The address, or the first of `slug-2`, `slug-3`, … that is free. */
export async function freeSlug(deps: Deps, slug: string): Promise<string> {
  const taken = new Set(await deps.database.flows.takenSlugs(slug));
  if (!taken.has(slug)) return slug;
  for (let number = 2; ; number += 1) {
    const candidate = `${slug}-${number}`;
    if (!taken.has(candidate)) return candidate;
  }
}
