import { ModelError } from '../errors.ts';
import type { CallContext, EmbedRequest, EmbedResult } from '../interface.ts';
import { isRecord } from '../json.ts';
import { errorOfResponse } from '../provider-errors.ts';
import { readJson } from '../read-json.ts';
import { estimateTokens, isCount } from '../tokens.ts';
import type { Wire } from './wire.ts';

/** Texts as vectors, on `POST /embeddings`. */
export async function embed(wire: Wire, { model, texts, dimensions }: EmbedRequest, call: CallContext): Promise<EmbedResult> {
  const context = wire.context(model);
  const price = wire.price(model);
  const body = { model, input: texts, encoding_format: 'float', ...(dimensions === undefined ? {} : { dimensions }) };
  const response = await wire.post('/embeddings', body, call);
  if (response.status !== 200) throw await errorOfResponse(response, context);
  const answer = readJson(await response.text(), context);
  const data = isRecord(answer) && Array.isArray(answer['data']) ? (answer['data'] as unknown[]) : [];
  const vectors = data.flatMap((item) => (isRecord(item) && isVector(item['embedding']) ? [item['embedding']] : []));
  if (vectors.length !== texts.length) throw new ModelError('bad_output', 'malformed_answer', { provider: context.provider, model });
  const told = isRecord(answer) && isRecord(answer['usage']) ? answer['usage']['prompt_tokens'] : undefined;
  const inputTokens = isCount(told) ? told : texts.reduce((sum, text) => sum + estimateTokens(text), 0);
  const usage = { inputTokens, outputTokens: 0, costUsd: null, estimated: !isCount(told) };
  return { vectors, usage: { ...usage, costUsd: (await price)(usage) }, model, simulated: false };
}

const isVector = (value: unknown): value is number[] => Array.isArray(value) && value.every((part) => typeof part === 'number');
