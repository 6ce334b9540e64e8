import { expect, test } from 'vitest';
import { toldTokens } from './told-tokens.ts';

test.each([
  [
    { type: 'tokens', input_tokens: 14, output_tokens: 101, input_token_details: { audio_tokens: 9 } },
    { input: 14, output: 101, audioInputTokens: 9 },
  ],
  [
    { input_tokens: 14, output_tokens: 101, input_token_details: { audio_tokens: -1 } },
    { input: 14, output: 101 },
  ],
  [
    { prompt_tokens: 1, completion_tokens: 2, prompt_audio_seconds: 3 },
    { input: 1, output: 2 },
  ],
  [
    { promptTokenCount: 5, candidatesTokenCount: 60 },
    { input: 5, output: 60 },
  ],
])('%j', (usage, told) => expect(toldTokens(usage)).toEqual({ ...told, estimated: false }));

test.each([undefined, {}, { type: 'duration', seconds: 3 }, { input_tokens: 3 }, { input_tokens: -1, output_tokens: 2 }])(
  '%j tells no tokens',
  (usage) => expect(toldTokens(usage)).toBeUndefined(),
);
