import type { FlowDocument } from '@patchbay/flow';
import { useMutation, useQueryClient } from '@tanstack/react-query';
import { useNavigate } from '@tanstack/react-router';
import { createFlow } from '../api/flows.ts';
import { flowsQuery } from '../api/queries.ts';
import { sentenceOf } from '../api/sentence.ts';
import { toast } from '../ui/toast.tsx';

interface NewFlow {
  flow: FlowDocument;
  /** The address that is wished for; without one it is made of the name. */
  slug?: string;
}

/** Makes a flow of a document and opens it; where there is something to run, with the run panel shown. */
export function useCreateFlow() {
  const navigate = useNavigate();
  const queries = useQueryClient();
  return useMutation({
    mutationFn: ({ flow, slug }: NewFlow) => createFlow(flow, slug),
    onSuccess: async ({ id, flow }) => {
      void queries.invalidateQueries({ queryKey: flowsQuery.queryKey });
      await navigate({ to: '/flows/$id', params: { id }, state: { fresh: Object.keys(flow.nodes).length > 0 } });
    },
    onError: (error) => toast(sentenceOf(error), { look: 'bad' }),
  });
}
