import type { Secrets } from '@patchbay/guard';
import type { Inputs } from '@patchbay/node-kit';

/** Hidden values by label as they come along a wire; anything else in it is left out. */
export function secretsOf(value: Inputs[string] | undefined): Secrets {
  if (typeof value !== 'object' || value === null || Array.isArray(value)) return {};
  const entries = Object.entries(value).filter(
    (entry): entry is [string, string] => /^\[[A-Z]+_\d+\]$/.test(entry[0]) && typeof entry[1] === 'string',
  );
  return Object.fromEntries(entries);
}
