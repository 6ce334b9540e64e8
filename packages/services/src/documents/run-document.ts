import { newId } from '@patchbay/db';
import { runFlow } from '@patchbay/engine';
import type { FlowDocument, Json, Locale } from '@patchbay/flow';
import { createHost } from '@patchbay/host';
import { catalogue } from '@patchbay/nodes';
import type { FailureResource } from '../resources.ts';
import { readInputs } from '../runs/read-inputs.ts';
import { failureResource } from '../runs/run-resource.ts';
import { makeTarget } from '../runs/target.ts';
import { ServiceError } from '../service-error.ts';

export interface DocumentRun {
  flow: FlowDocument;
  inputs: unknown;
  environment: Readonly<Record<string, string | undefined>>;
  locale: Locale;
  signal: AbortSignal;
  /** Text of a flow output as it arrives. */
  onText?: (output: string, text: string) => void;
}

export interface DocumentResult {
  outputs: Record<string, Json>;
  simulated: boolean;
  error: FailureResource | undefined;
}

/** Runs a flow without a store, a server or an account. Throws ServiceError where it may not start. */
export async function runDocument({ flow, inputs, environment, locale, signal, onText }: DocumentRun): Promise<DocumentResult> {
  const made = makeTarget({ catalogue }, { workspaceId: '', flowId: '', version: null, flow }, locale);
  if ('errors' in made) throw new ServiceError('invalid_input', 'flow_has_problems', { errors: made.errors });
  const values = readInputs(made.target, inputs, locale);
  const host = createHost({ env: environment });
  try {
    const options = { world: host.world({ locale, streaming: onText !== undefined }), runId: newId('run'), signal };
    for await (const event of runFlow(made.target.plan, values, options)) {
      if (event.type === 'output-chunk') onText?.(event.output, event.text);
      if (event.type !== 'run-end') continue;
      const { outputs, simulated, error } = event;
      return { outputs, simulated, error: error === undefined ? undefined : failureResource(error, locale) };
    }
    throw new Error('the run ended without an end');
  } finally {
    await host.close();
  }
}
