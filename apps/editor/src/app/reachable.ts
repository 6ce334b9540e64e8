import { useQuery } from '@tanstack/react-query';
import { UnreachableError } from '../api/client.ts';
import { healthQuery } from '../api/queries.ts';

const calmMs = 30_000;
const awayMs = 3_000;

/** Whether the server answers; asked now and then, and often while it does not. A refusal is an answer too. */
export function useReachable(): boolean {
  const { error } = useQuery({
    ...healthQuery,
    retry: false,
    refetchOnReconnect: true,
    refetchInterval: (query) => (query.state.error instanceof UnreachableError ? awayMs : calmMs),
  });
  return !(error instanceof UnreachableError);
}
