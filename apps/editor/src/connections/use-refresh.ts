import { useQueryClient } from '@tanstack/react-query';
import { useCallback } from 'react';
import { credentialsQuery } from '../api/credential-queries.ts';
import { modelsQuery } from '../api/queries.ts';

/** Reads connections and models anew, after a change. */
export function useRefresh(): () => Promise<void> {
  const queries = useQueryClient();
  return useCallback(async () => {
    await Promise.all([
      queries.invalidateQueries({ queryKey: credentialsQuery.queryKey }),
      queries.invalidateQueries({ queryKey: modelsQuery.queryKey }),
    ]);
  }, [queries]);
}
