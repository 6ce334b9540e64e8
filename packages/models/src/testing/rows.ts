import { generateKeyPairSync } from 'node:crypto';
import {
  alibabaWire,
  anthropicWire,
  azureWire,
  bedrockWire,
  chatWire,
  deepseekWire,
  geminiWire,
  mistralWire,
  plainRequest,
  responsesWire,
  vertexWire,
  type Wire,
} from '@patchbay/testing';
import type { Family } from '../ai-sdk/family.ts';
import type { AiSdkOptions } from '../ai-sdk/provider.ts';
import { createAiSdkProvider } from '../ai-sdk/provider.ts';
import { createProvider } from '../create-provider.ts';
import { ModelError } from '../errors.ts';
import { families } from '../families.ts';
import type { CallContext, ChatChunk, ModelProvider, OutboundRequest } from '../interface.ts';

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

const keys = generateKeyPairSync('rsa', {
  modulusLength: 2048,
  publicKeyEncoding: { type: 'spki', format: 'pem' },
  privateKeyEncoding: { type: 'pkcs8', format: 'pem' },
});
/** A service account's key file whose token is had at the fake itself. */
const accountAt = (baseUrl: string, privateKey: string): string =>
  JSON.stringify({
    type: 'service_account',
    client_email: 'flows@p1.iam.gserviceaccount.com',
    private_key: privateKey,
    private_key_id: 'k1',
    token_uri: `${new URL(baseUrl).origin}/token`,
  });

const row = (name: keyof typeof families, more: Pick<Row, 'wire' | 'base' | 'model'> & Partial<Row>): Row => ({
  ...keyed,
  name,
  takes: families[name].takes,
  create: (baseUrl, other) => createAiSdkProvider(families[name], options(baseUrl, other)),
  ...more,
});

export const rows: readonly Row[] = [
  row('anthropic', { wire: anthropicWire, base: '/v1', model: 'claude-sonnet-4-5', signature: 'signed-thinking', lacks: ['reasoning'] }),
  row('google', { wire: geminiWire, base: '/v1beta', model: 'gemini-2.5-flash', signature: 'signed-call' }),
  row('mistral', { wire: mistralWire, base: '/v1', model: 'mistral-small-latest', thinker: 'mistral-medium-3-5', lacks: ['reasoning'] }),
  row('deepseek', { wire: deepseekWire, base: '/v1', model: 'deepseek-v4-flash', signature: 'It is winter.' }),
  row('alibaba', {
    wire: alibabaWire,
    base: '/compatible-mode/v1',
    model: 'qwen-plus',
    takes: ['image', 'audio', 'video'],
    create: (baseUrl, more) => createProvider({ family: 'alibaba', ...options(baseUrl, more) }),
  }),
  row('openai', {
    name: 'openai-compatible',
    wire: chatWire,
    base: '/v1',
    model: 'gpt-4.1-mini',
    takes: ['image', 'audio', 'video', 'file'],
    create: (baseUrl, more) => createProvider({ family: 'openai-compatible', ...options(baseUrl, more) }),
  }),
  row('openai', { wire: responsesWire, base: '/v1', model: 'gpt-5-mini', signature: 'sealed-thinking' }),
  row('azure', { wire: azureWire, base: '/openai/v1', model: 'gpt-5-mini', signature: 'sealed-thinking', lacks: ['list'] }),
  row('vertex', {
    wire: vertexWire,
    base: '/v1/projects/p1/locations/europe-west4/publishers/google',
    model: 'gemini-2.5-flash',
    signature: 'signed-call',
    lacks: ['list'],
    secret: keys.privateKey,
    secrets: { publicKey: keys.publicKey },
    create: (baseUrl, more) =>
      createAiSdkProvider(families.vertex, options(baseUrl, { apiKey: accountAt(baseUrl, keys.privateKey), ...more })),
    wrong: { apiKey: 'no-service-account' },
  }),
  row('bedrock', {
    wire: bedrockWire,
    base: '',
    model: 'us.anthropic.claude-sonnet-4-5-20250929-v1:0',
    signature: 'signed-thinking',
    lacks: ['list', 'reasoning'],
    secrets: { accessKeyId: 'AKIAFAKE', secretAccessKey: secret, region: 'eu-central-1' },
    create: (baseUrl, more) =>
      createAiSdkProvider(
        families.bedrock,
        options(baseUrl, { apiKey: `AKIAFAKE:${secret}`, settings: { region: 'eu-central-1' }, ...more }),
      ),
    wrong: { apiKey: 'AKIAFAKE:another-secret' },
  }),
];

/** The outbound request as an adapter meets it: who stops a call is told so in our terms. */
const request: OutboundRequest = (asked) =>
  plainRequest(asked).catch((error: unknown) => {
    if (!asked.signal.aborted) throw error;
    throw asked.signal.reason instanceof ModelError ? asked.signal.reason : new ModelError('cancelled', 'cancelled');
  });

export const callWith = (signal = new AbortController().signal): CallContext => ({ request, signal, idempotencyKey: 'run:node:1' });

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
