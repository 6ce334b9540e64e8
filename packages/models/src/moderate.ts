import { ModelError } from './errors.ts';
import type { CallContext, ModerateRequest, ModerateResult } from './interface.ts';
import { isRecord } from './json.ts';
import { type ErrorContext, errorOfResponse } from './provider-errors.ts';
import { readJson } from './read-json.ts';
import { estimateTokens } from './tokens.ts';

export interface ModerateOptions {
  /** Where `/moderations` hangs. */
  baseUrl: string;
  apiKey: string | undefined;
  provider: string;
}

/** Verdicts on texts, as OpenAI and Mistral give them: no package has words for it. It costs nothing or next to it. */
export async function moderate(options: ModerateOptions, { model, texts }: ModerateRequest, call: CallContext): Promise<ModerateResult> {
  const { baseUrl, apiKey, provider } = options;
  const context: ErrorContext = { provider, model, secrets: [apiKey] };
  const headers: Record<string, string> = { 'content-type': 'application/json' };
  if (apiKey !== undefined) headers['authorization'] = `Bearer ${apiKey}`;
  const body = JSON.stringify({ model, input: texts });
  const response = await call.request({ url: `${baseUrl}/moderations`, method: 'POST', headers, body, signal: call.signal });
  if (response.status !== 200) throw await errorOfResponse(response, context);
  const answer = readJson(await response.text(), context);
  const results = isRecord(answer) && Array.isArray(answer['results']) ? (answer['results'] as unknown[]) : [];
  if (results.length !== texts.length) throw new ModelError('bad_output', 'malformed_answer', { provider, model });
  const inputTokens = texts.reduce((sum, text) => sum + estimateTokens(text), 0);
  return {
    verdicts: results.map(verdictOf),
    usage: { inputTokens, outputTokens: 0, costUsd: 0, estimated: true },
    model,
    simulated: false,
  };
}

/** Flagged where the provider says so, or where one of its categories holds. */
function verdictOf(result: unknown): ModerateResult['verdicts'][number] {
  const told = isRecord(result) ? result : {};
  const scores = isRecord(told['category_scores']) ? told['category_scores'] : {};
  const categories = Object.fromEntries(Object.entries(scores).filter((entry): entry is [string, number] => typeof entry[1] === 'number'));
  const held = isRecord(told['categories']) && Object.values(told['categories']).includes(true);
  return { flagged: told['flagged'] === true || held, categories };
}
