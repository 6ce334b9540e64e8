import { anthropicWire, geminiWire, plainRequest, type Wire } from '@patchbay/testing';
import type { Family } from '../ai-sdk/family.ts';
import type { AiSdkOptions } from '../ai-sdk/provider.ts';
import { createAiSdkProvider } from '../ai-sdk/provider.ts';
import { anthropic } from '../families/anthropic.ts';
import { google } from '../families/google.ts';
import type { CallContext, ChatChunk, ModelProvider } from '../interface.ts';

/** One provider family with the fake that speaks its wire. All tests of families run over all rows. */
export interface Row {
  name: string;
  wire: Wire;
  /** Where the wire hangs below the fake's origin. */
  base: string;
  secret: string;
  secrets: Parameters<typeof import('@patchbay/testing').startWire>[1]['secrets'];
  takes: Family['takes'];
  model: string;
  /** A model that thinks, where it is another one. */
  thinker?: string;
  create(baseUrl: string, more?: Partial<AiSdkOptions>): ModelProvider;
  /** What a person who changed the secret would have. */
  wrong: Partial<AiSdkOptions>;
  /** What the provider wants handed back with the turn of a tool call. */
  signature?: string;
  /** The dialect has no words for it. */
  lacks?: readonly ('cached' | 'reasoning' | 'list' | 'error-event' | 'early-end')[];
}

const secret = 'key-123456789';
const keyed = { secret, secrets: { apiKey: secret }, wrong: { apiKey: 'other-987654321' } };
const options = (baseUrl: string, more: Partial<AiSdkOptions> = {}): AiSdkOptions => ({ id: 'mine', baseUrl, apiKey: secret, ...more });

export const rows: readonly Row[] = [
  {
    ...keyed,
    name: 'anthropic',
    takes: anthropic.takes,
    wire: anthropicWire,
    base: '/v1',
    model: 'claude-sonnet-4-5',
    create: (baseUrl, more) => createAiSdkProvider(anthropic, options(baseUrl, more)),
    signature: 'signed-thinking',
    lacks: ['reasoning'],
  },
  {
    ...keyed,
    name: 'google',
    takes: google.takes,
    wire: geminiWire,
    base: '/v1beta',
    model: 'gemini-2.5-flash',
    create: (baseUrl, more) => createAiSdkProvider(google, options(baseUrl, more)),
    signature: 'signed-call',
  },
];

export const callWith = (signal = new AbortController().signal): CallContext => ({
  request: plainRequest,
  signal,
  idempotencyKey: 'run:node:1',
});

/** A stream read to its end or failure. */
export async function drain(stream: AsyncIterable<ChatChunk>) {
  const texts: string[] = [];
  let reasoning = '';
  let end: Extract<ChatChunk, { type: 'end' }> | undefined;
  let failure: unknown;
  try {
    for await (const chunk of stream) {
      if (chunk.type === 'text') texts.push(chunk.text);
      else if (chunk.type === 'reasoning') reasoning += chunk.text;
      else end = chunk;
    }
  } catch (error) {
    failure = error;
  }
  return { texts, text: texts.join(''), reasoning, end, failure };
}
