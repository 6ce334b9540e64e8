import { fillWords, slugPattern } from '@patchbay/flow';
import type { Ctx } from '../context.ts';
import type { Deps } from '../deps.ts';
import { reasonWords, ServiceError } from '../service-error.ts';

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

/** Throws for what cannot be an address. */
export function demandSlug({ locale }: Pick<Ctx, 'locale'>, slug: string): void {
  if (slugPattern.test(slug)) return;
  const message = fillWords(reasonWords.slug_invalid, {}, locale);
  throw new ServiceError('invalid_input', 'slug_invalid', { errors: [{ pointer: '/slug', message }] });
}

/** Leaves room in an address for `-2`, `-3`, …. */
const stemLength = 58;

/** The address, or the first of `slug-2`, `slug-3`, … that is free. */
export async function freeSlug(deps: Deps, slug: string): Promise<string> {
  const stem = slug.slice(0, stemLength);
  const taken = new Set(await deps.database.flows.takenSlugs(stem));
  if (!taken.has(slug)) return slug;
  for (let number = 2; ; number += 1) {
    const candidate = `${stem}-${number}`;
    if (!taken.has(candidate)) return candidate;
  }
}
