import type { Family } from './ai-sdk/family.ts';
import { alibaba } from './families/alibaba.ts';
import { anthropic } from './families/anthropic.ts';
import { azure } from './families/azure.ts';
import { bedrock } from './families/bedrock.ts';
import { deepseek } from './families/deepseek.ts';
import { google } from './families/google.ts';
import { mistral } from './families/mistral.ts';
import { openai } from './families/openai.ts';
import { vertex } from './families/vertex.ts';

/** Providers spoken to through their AI SDK package, each loaded on first use. */
export const families = { openai, anthropic, google, mistral, deepseek, alibaba, azure, vertex, bedrock } as const satisfies Record<
  string,
  Family
>;

/** `openai-compatible` is any server with OpenAI's chat completions, spoken to on our own wire. */
export type FamilyId = keyof typeof families | 'openai-compatible';
