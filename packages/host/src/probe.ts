import { ModelError, type ModelProvider, type OutboundRequest } from '@patchbay/models';
import { type Connection, providerOf } from './connections.ts';
import type { Outbound } from './outbound/outbound.ts';

/** How long a person waits for a test. */
const probeMs = 10_000;

export interface ProbeOptions {
  /** What is asked where the list of models does not answer the question; absent means the connection's own. */
  model?: string | undefined;
  signal?: AbortSignal | undefined;
  limitMs?: number;
}

/**
 * Whether a connection works: its list of models, which costs nothing, and a question of one word where the list cannot
 * be had or does not have the model. Answers the models it found; rejects with a ModelError that says what is wrong.
 */
export async function probe(connection: Connection, outbound: Outbound, options: ProbeOptions = {}): Promise<string[]> {
  const { signal, limitMs = probeMs, model = connection.model } = options;
  const provider = providerOf(connection, undefined);
  const request: OutboundRequest = (call) => outbound.request({ kind: 'model', connection }, call);
  const limit = new AbortController();
  const host = new URL(connection.baseUrl).host;
  const timer = setTimeout(() => limit.abort(new ModelError('timeout', 'first_byte_timeout', { host })), limitMs);
  const call = { request, signal: signal === undefined ? limit.signal : AbortSignal.any([limit.signal, signal]) };
  try {
    const models = await provider.listModels(call).catch((error: unknown) => {
      if (model !== undefined && mayStillAnswer(error)) return undefined;
      throw error;
    });
    // A list without an entry is what a provider has that has no list; whether its key is good only an answer tells.
    const told = models !== undefined && models.length > 0 && (options.model === undefined || models.includes(options.model));
    if (!told) await ask(provider, model, call);
    return models ?? [];
  } finally {
    clearTimeout(timer);
  }
}

/** Some servers have no list, and some keys may not read it: whether they answer is then seen by asking. */
function mayStillAnswer(error: unknown): boolean {
  return (
    error instanceof ModelError &&
    ['auth', 'invalid_input', 'bad_output'].includes(error.errorClass) &&
    error.reason !== 'address_not_allowed'
  );
}

async function ask(provider: ModelProvider, model: string | undefined, call: Parameters<ModelProvider['listModels']>[0]): Promise<void> {
  if (model === undefined) return;
  await provider.generate({ model, messages: [{ role: 'user', content: 'Hi' }], maxOutputTokens: 16 }, call);
}
