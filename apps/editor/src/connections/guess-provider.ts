import type { ProviderResource } from '@patchbay/services/resources';

/** What a key's beginning says. `several` and `unknown` are for a person to decide. */
export type Guess = { kind: 'empty' } | { kind: 'one'; provider: string } | { kind: 'several'; providers: string[] } | { kind: 'unknown' };

/** The provider whose keys begin like this one. The longest beginning says most; equally long ones leave a choice. */
export function guessProvider(key: string, providers: readonly Pick<ProviderResource, 'id' | 'keyPrefixes'>[]): Guess {
  const typed = key.trim();
  if (typed === '') return { kind: 'empty' };
  const fits = providers.map(({ id, keyPrefixes }) => ({
    id,
    length: Math.max(0, ...keyPrefixes.filter((prefix) => typed.startsWith(prefix)).map((prefix) => prefix.length)),
  }));
  const longest = Math.max(0, ...fits.map(({ length }) => length));
  if (longest === 0) return { kind: 'unknown' };
  const found = fits.filter(({ length }) => length === longest).map(({ id }) => id);
  return found.length === 1 && found[0] !== undefined ? { kind: 'one', provider: found[0] } : { kind: 'several', providers: found };
}
