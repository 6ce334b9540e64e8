import type { ProviderResource, UsableBy } from '@patchbay/services/resources';
import type { NewProvider } from '../api/credentials.ts';
import { keyText, noKey } from './typed-key.ts';

/** What stands in the form of a new connection. */
export const nothing = { ...noKey, provider: '', title: '', baseUrl: '', region: '', model: '', usableBy: 'everyone' as UsableBy };
export type Typed = typeof nothing;

/** The parts of the body that have a field in sight. */
export const shownParts = (provider: ProviderResource | undefined): string[] => [
  'key',
  ...(provider?.fields ?? []).map(({ part }) => part),
];

/** Whether there is enough to ask the server. */
export function isReady(typed: Typed, provider: ProviderResource | undefined): boolean {
  if (provider === undefined) return false;
  const ownServer = typed.baseUrl !== '' && provider.fields.length === 0;
  return keyText(provider.keyForm, typed) !== '' || !provider.needsKey || ownServer;
}

/** What is sent: only what was filled in, and of that only what this provider asks for. */
export function wishOf(typed: Typed, provider: ProviderResource | undefined, untested: boolean): NewProvider {
  const { title, baseUrl, region, model, usableBy } = typed;
  const hasRegion = shownParts(provider).includes('region');
  const all = { key: keyText(provider?.keyForm ?? 'line', typed), title, baseUrl, region: hasRegion ? region : '', model };
  const filled = Object.fromEntries(Object.entries(all).filter(([, text]) => text.trim() !== ''));
  return {
    kind: 'provider',
    provider: provider?.id ?? '',
    ...filled,
    ...(usableBy === 'everyone' ? {} : { usableBy }),
    ...(untested ? { untested } : {}),
  };
}
