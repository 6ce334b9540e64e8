import { compileFlow, startRun } from '@patchbay/engine';
import type { OnError } from '@patchbay/flow';
import { parseFlow } from '@patchbay/flow';
import { createHost, createOutbound, type OutboundLimits, type Resolve } from '@patchbay/host';
import type { RunEvent, RunResult } from '@patchbay/node-kit';
import { catalogue } from '@patchbay/nodes';
import type { FakeProvider } from '@patchbay/testing';

export const providerKey = 'sk-test-secret-123';

export interface Against {
  onError?: OnError;
  /** False: nobody reads along. */
  streaming?: boolean;
  /** Small limits, so that a provider that hangs is given up soon. */
  limits?: Partial<OutboundLimits>;
  resolve?: Resolve;
  /** Further connections, as environment variables. */
  env?: Record<string, string>;
  prompt?: string;
}

export interface Outcome {
  result: RunResult;
  events: RunEvent[];
  /** Events of one kind, as they came. */
  of<Type extends RunEvent['type']>(type: Type): Extract<RunEvent, { type: Type }>[];
}

/** A flow of one model step between its ends. */
const asking = (onError: OnError | undefined): string =>
  JSON.stringify({
    format: 'patchbay/flow',
    version: 1,
    name: 'Asking',
    nodes: {
      in: { type: 'input', config: { fields: [{ id: 'text', title: 'Text', type: 'text' }] } },
      ask: { type: 'model', config: { model: 'openai' }, ...(onError === undefined ? {} : { onError }) },
      out: { type: 'output', config: { fields: [{ id: 'reply', title: 'Reply', type: 'text' }] } },
    },
    edges: [
      { from: 'in.text', to: 'ask.prompt' },
      { from: 'ask.text', to: 'out.reply' },
    ],
    layout: {},
  });

/** Runs one model step against a provider at this address, over the real host and engine. Chance is always 0, so pauses are exact. */
export async function runAgainst({ url }: Pick<FakeProvider, 'url'>, against: Against = {}): Promise<Outcome> {
  const { flow } = parseFlow(asking(against.onError));
  const compiled = flow === undefined ? undefined : compileFlow(flow, catalogue);
  if (compiled?.ok !== true) throw new Error('the flow of this test is wrong');
  const host = createHost({
    env: { OPENAI_BASE_URL: url, OPENAI_MODEL: 'm', OPENAI_API_KEY: providerKey, ...against.env },
    outbound: createOutbound({ limits: against.limits ?? {}, ...(against.resolve === undefined ? {} : { resolve: against.resolve }) }),
    random: () => 0,
  });
  const events: RunEvent[] = [];
  const { result } = startRun(
    compiled.plan,
    { text: against.prompt ?? 'Hello there friend' },
    {
      world: host.world({ locale: 'en', streaming: against.streaming ?? true }),
      runId: 'run_test',
      onEvent: (event) => events.push(event),
    },
  );
  try {
    return {
      result: await result,
      events,
      of: <Type extends RunEvent['type']>(type: Type) =>
        events.filter((event): event is Extract<RunEvent, { type: Type }> => event.type === type),
    };
  } finally {
    await host.close();
  }
}
