import type { Locale } from '@patchbay/flow';
import { keepPreviousData, QueryClient, queryOptions } from '@tanstack/react-query';
import { ApiError } from './client.ts';
import { listFlows, readFlow, readRun, readVersion } from './flows.ts';
import { listKeys, listModels, listTemplates, readHealth } from './workspace.ts';

/** Refusals are final; only a server that was not reached is asked again. */
const retry = (failures: number, error: Error): boolean => !(error instanceof ApiError) && failures < 2;

export const createQueries = (): QueryClient =>
  new QueryClient({ defaultOptions: { queries: { retry, retryDelay: (n) => 500 * 2 ** n, staleTime: 5_000, networkMode: 'always' } } });

export const flowsQuery = queryOptions({ queryKey: ['flows'], queryFn: ({ signal }) => listFlows(signal) });
/** Templates come in the reader's language, so another language asks anew. */
export const templatesQuery = (locale: Locale) =>
  queryOptions({
    queryKey: ['templates', locale],
    queryFn: ({ signal }) => listTemplates(signal),
    staleTime: Number.POSITIVE_INFINITY,
    placeholderData: keepPreviousData,
  });
export const modelsQuery = queryOptions({ queryKey: ['models'], queryFn: ({ signal }) => listModels(signal), staleTime: 30_000 });
export const keysQuery = queryOptions({ queryKey: ['keys'], queryFn: ({ signal }) => listKeys(signal) });
export const healthQuery = queryOptions({ queryKey: ['health'], queryFn: ({ signal }) => readHealth(signal) });
/** An open flow lives in its store: it is read once and never replaced behind a person's back. */
export const flowQuery = (id: string) =>
  queryOptions({
    queryKey: ['flow', id],
    queryFn: ({ signal }) => readFlow(id, signal),
    staleTime: 0,
    gcTime: 0,
    refetchOnWindowFocus: false,
    refetchOnReconnect: false,
  });
/** A published version never changes. */
export const versionQuery = (id: string, version: number) =>
  queryOptions({
    queryKey: ['version', id, version],
    queryFn: ({ signal }) => readVersion(id, version, signal),
    staleTime: Number.POSITIVE_INFINITY,
  });
export const runQuery = (id: string) => queryOptions({ queryKey: ['run', id], queryFn: ({ signal }) => readRun(id, signal) });
