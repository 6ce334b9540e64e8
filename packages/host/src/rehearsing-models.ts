import {
  type Billed,
  type Capability,
  type ChatRequest,
  type ChatResult,
  createDemoProvider,
  estimateInput,
  estimateTokens,
  ModelError,
  type PriceOverrides,
  priceOf,
  spokenSeconds,
  type Usage,
} from '@patchbay/models';
import type { ModelRequest, Models, StepHandle } from '@patchbay/node-kit';
import { sizeOf } from './call-size.ts';
import { silence } from './files/silence.ts';
import type { Known, Registry } from './registry.ts';
import { callsOfAll } from './rehearsing-tools.ts';

/** How long an answer to an open question is reckoned to be, in tokens, where nothing says it. */
export const usualAnswer = 250;

/** Does by rule what tells how long an answer will be: which label, which fields, so many sentences. */
const stand = createDemoProvider({ delayMs: 0 });
const offline = (): never => {
  throw new Error('a rehearsal calls nobody');
};

export interface Rehearsing {
  registry: Registry;
  prices: PriceOverrides | undefined;
  /** A model that may call tools calls each of them whenever it may, so that it takes all the turns it is allowed. */
  useTools: boolean;
  /** Told when a model is offered tools. */
  onTools(): void;
}

/**
 * Models that call nobody: each call is reported with the tokens it would take and what these cost at the model it means.
 * The answer is the demo model's, made as long as an answer usually is, so that whoever reads it has as much to read.
 */
export function rehearsingModels(step: StepHandle, { registry, prices, useTools, onTools }: Rehearsing): Models {
  const tell = async (known: Known, billed: Billed): Promise<{ usage: Usage; model: string; simulated: boolean }> => {
    const { provider, model } = known;
    const simulated = provider === 'demo';
    const usage = { ...billed, costUsd: await costOf(known, billed, prices), estimated: true };
    step.report({ calls: 1, ...usage, provider, model, simulated });
    return { usage, model, simulated };
  };
  const chat = async ({ cacheMs: _cacheMs, ...request }: ModelRequest): Promise<ChatResult> => {
    const known = await registry.know(request.model);
    const offered = (request.tools ?? []).length > 0 && request.toolChoice !== 'none';
    if (offered) onTools();
    if (offered && useTools) {
      const parts = callsOfAll(request);
      const told = await tell(known, { inputTokens: estimateInput(request), outputTokens: estimateTokens(JSON.stringify(parts)) });
      return { text: '', parts, finishReason: 'tool_calls', ...told };
    }
    const text = await answerTo(request, step.signal);
    const told = await tell(known, { inputTokens: estimateInput(request), outputTokens: estimateTokens(text) });
    return { text, finishReason: 'stop', ...told };
  };
  /** What is not chat is reported, by its size. */
  const asked = async (what: Capability, name: string, size: Billed) => tell(await knowOther(registry, name, what), size);
  return {
    whole: true,
    chat,
    async *stream(request) {
      const { text, ...end } = await chat(request);
      yield { type: 'text', text };
      yield { type: 'end', ...end };
    },
    embed: async (request) => ({
      vectors: request.texts.map(() => [1]),
      ...(await asked('embed', request.model, usual('embed', request))),
    }),
    image: async (request) => {
      const told = await asked('image', request.model, usual('image', request));
      const drawn = await stand.image?.({ ...request, model: 'auto' }, { signal: step.signal, request: offline });
      return { images: drawn?.images ?? [], ...told };
    },
    speech: async (request) => ({
      audio: { type: 'media', mediaType: 'audio/wav', base64: silence(spokenSeconds(request.text)) },
      ...(await asked('speech', request.model, usual('speech', request))),
    }),
    transcribe: async (request) => {
      const size = usual('transcribe', request);
      return { text: 'and '.repeat(size.outputTokens), language: null, segments: [], ...(await asked('transcribe', request.model, size)) };
    },
    rerank: async (request) => ({
      ranking: request.documents.map((_, index) => ({ index, score: 1 })),
      ...(await asked('rerank', request.model, usual('rerank', request))),
    }),
    moderate: async (request) => ({
      verdicts: request.texts.map(() => ({ flagged: false, categories: {} })),
      ...(await asked('moderate', request.model, usual('moderate', request))),
    }),
  };
}

const usual = <Name extends Capability>(what: Name, request: Parameters<typeof sizeOf<Name>>[1]): Billed => sizeOf(what, request).usual;

/** The model a name means for what is not chat. One nobody is connected to is reckoned too, as in a chat; one that cannot do it refuses. */
async function knowOther(registry: Registry, name: string, what: Capability): Promise<Known> {
  try {
    const { route, model } = await registry.choose(name, what);
    if (route.provider[what] === undefined) throw new ModelError('invalid_input', `no_${what}`, { provider: route.provider.id });
    return { provider: route.provider.id, model, tableProvider: route.tableProvider };
  } catch (error) {
    if (!(error instanceof ModelError) || error.reason !== 'no_connection') throw error;
    const [provider = '', ...model] = name.split('/');
    return { provider, model: model.join('/'), tableProvider: undefined };
  }
}

async function costOf(known: Known, billed: Billed, prices: PriceOverrides | undefined) {
  if (known.provider === 'demo') return 0;
  const price = await priceOf(known, prices);
  return price(billed);
}

/** An open question has an answer of unknown length; what else is asked has an answer by rule, as data is as long as its schema. */
function answerTo(request: ChatRequest, signal: AbortSignal): string | Promise<string> {
  const { task, schema, maxOutputTokens = usualAnswer } = request;
  if (schema === undefined && (task === undefined || task.kind === 'chat')) return 'and '.repeat(Math.min(maxOutputTokens, usualAnswer));
  return stand
    .generate({ ...request, model: 'auto', maxOutputTokens: undefined }, { signal, request: offline })
    .then((answer) => answer.text);
}
