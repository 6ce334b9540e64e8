import type { Locale } from '@patchbay/flow';
import { keepPreviousData, queryOptions } from '@tanstack/react-query';
import { listCredentials, listProviders } from './credentials.ts';

/** Which flows use them changes with every edit elsewhere: read anew each time it is looked at. */
export const credentialsQuery = queryOptions({
  queryKey: ['credentials'],
  queryFn: ({ signal }) => listCredentials(signal),
  staleTime: 0,
});
/** Providers are told in the reader's language. */
export const providersQuery = (locale: Locale) =>
  queryOptions({
    queryKey: ['providers', locale],
    queryFn: ({ signal }) => listProviders(signal),
    staleTime: Number.POSITIVE_INFINITY,
    placeholderData: keepPreviousData,
  });
