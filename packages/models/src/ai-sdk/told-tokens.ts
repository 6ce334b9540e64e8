import { isRecord, type JsonRecord } from '../json.ts';
import { isCount } from '../tokens.ts';

export interface ToldTokens {
  input: number;
  output: number;
  audioInputTokens?: number;
  estimated: false;
}

/** Names providers have for the same two figures. */
const names = [
  ['input_tokens', 'output_tokens'],
  ['prompt_tokens', 'completion_tokens'],
  ['promptTokenCount', 'candidatesTokenCount'],
] as const;

/** Tokens as a provider told them, for media; undefined where it told none, or time instead. */
export function toldTokens(usage: JsonRecord | undefined): ToldTokens | undefined {
  for (const [inputs, outputs] of names) {
    const [input, output] = [usage?.[inputs], usage?.[outputs]];
    if (!isCount(input) || !isCount(output)) continue;
    const details = usage?.['input_token_details'];
    const audio = isRecord(details) ? details['audio_tokens'] : undefined;
    return { input, output, estimated: false, ...(isCount(audio) ? { audioInputTokens: audio } : {}) };
  }
  return undefined;
}
