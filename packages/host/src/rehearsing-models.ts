import {
  type ChatRequest,
  type ChatResult,
  createDemoProvider,
  estimateInput,
  estimateTokens,
  type PriceOverrides,
  priceOf,
} from '@patchbay/models';
import type { ModelRequest, Models, StepHandle } from '@patchbay/node-kit';
import type { Known, Registry } from './registry.ts';

/** How long an answer to an open question is reckoned to be, in tokens, where nothing says it. */
export const usualAnswer = 250;

/** Does by rule what tells how long an answer will be: which label, which fields, so many sentences. */
const stand = createDemoProvider({ delayMs: 0 });
const offline = (): never => {
  throw new Error('a rehearsal calls nobody');
};

/**
 * Models that call nobody: each call is reported with the tokens it would take and what these cost at the model it means.
 * The answer is the demo model's, made as long as an answer usually is, so that whoever reads it has as much to read.
 */
export function rehearsingModels(
  step: StepHandle,
  { registry, prices }: { registry: Registry; prices: PriceOverrides | undefined },
): Models {
  const chat = async ({ cacheMs: _cacheMs, ...request }: ModelRequest): Promise<ChatResult> => {
    const known = await registry.know(request.model);
    const text = await answerTo(request, step.signal);
    const tokens = { inputTokens: estimateInput(request), outputTokens: estimateTokens(text) };
    const costUsd = await costOf(known, tokens, prices);
    const { provider, model } = known;
    const simulated = provider === 'demo';
    step.report({ calls: 1, ...tokens, costUsd, estimated: true, provider, model, simulated });
    return { text, finishReason: 'stop', usage: { ...tokens, costUsd, estimated: true }, model, simulated };
  };
  return {
    whole: true,
    chat,
    async *stream(request) {
      const { text, ...end } = await chat(request);
      yield { type: 'text', text };
      yield { type: 'end', ...end };
    },
  };
}

async function costOf(known: Known, tokens: { inputTokens: number; outputTokens: number }, prices: PriceOverrides | undefined) {
  if (known.provider === 'demo') return 0;
  const price = await priceOf(known, prices);
  return price(tokens);
}

/** An open question has an answer of unknown length; what else is asked has an answer by rule, as data is as long as its schema. */
function answerTo(request: ChatRequest, signal: AbortSignal): string | Promise<string> {
  const { task, schema, maxOutputTokens = usualAnswer } = request;
  if (schema === undefined && (task === undefined || task.kind === 'chat')) return 'and '.repeat(Math.min(maxOutputTokens, usualAnswer));
  return stand
    .generate({ ...request, model: 'auto', maxOutputTokens: undefined }, { signal, request: offline })
    .then((answer) => answer.text);
}
