import type { FlowDocument, Json } from '@patchbay/flow';
import { createHost } from '@patchbay/host';
import { catalogue } from '@patchbay/nodes';
import { estimateFlow } from '../estimates/estimate-flow.ts';
import type { EstimateResource } from '../resources.ts';

interface DocumentEstimate {
  flow: FlowDocument;
  environment: Readonly<Record<string, string | undefined>>;
}

/** What a run of a flow in a file would ask of models, with its first example as inputs. Nobody is called, not even for a list of models. */
export async function estimateDocument({ flow, environment }: DocumentEstimate): Promise<EstimateResource | undefined> {
  const host = createHost({ env: environment });
  const inputs = (flow.examples?.[0]?.inputs ?? {}) as Record<string, Json>;
  try {
    return await estimateFlow({ flow, catalogue, host, inputs });
  } finally {
    await host.close();
  }
}
