import type { Family } from './ai-sdk/family.ts';
import { anthropic } from './families/anthropic.ts';
import { google } from './families/google.ts';

/** Providers spoken to through their AI SDK package, each loaded on first use. */
export const families = { anthropic, google } as const satisfies Record<string, Family>;

/** `openai-compatible` is any server with OpenAI's chat completions, spoken to on our own wire. */
export type FamilyId = keyof typeof families | 'openai-compatible';
