import { generateKeyPairSync } from 'node:crypto';
import type { ChatChunk, StepHandle } from '@patchbay/node-kit';
import {
  alibabaWire,
  anthropicWire,
  azureWire,
  bedrockWire,
  chatWire,
  deepseekWire,
  type FakeWire,
  geminiWire,
  mistralWire,
  startWire,
  vertexWire,
  type Wire,
  type WireReply,
} from '@patchbay/testing';
import { afterAll, beforeAll, describe, expect, test, vi } from 'vitest';
import { createHost, type Host } from './host.ts';
import { createOutbound } from './outbound/outbound.ts';

interface Row {
  id: string;
  wire: Wire;
  /** The environment with the fake's origin in it. */
  env(origin: string): Record<string, string>;
  model: string;
}

const key = 'key-123456789';
const pair = generateKeyPairSync('rsa', {
  modulusLength: 2048,
  publicKeyEncoding: { type: 'spki', format: 'pem' },
  privateKeyEncoding: { type: 'pkcs8', format: 'pem' },
});
const rows: Row[] = [
  {
    id: 'anthropic',
    wire: anthropicWire,
    env: (origin) => ({ ANTHROPIC_API_KEY: key, ANTHROPIC_BASE_URL: origin, ANTHROPIC_MODEL: 'claude-sonnet-4-5' }),
    model: 'claude-sonnet-4-5',
  },
  {
    id: 'google',
    wire: geminiWire,
    env: (origin) => ({ GEMINI_API_KEY: key, GEMINI_BASE_URL: origin, GEMINI_MODEL: 'gemini-2.5-flash' }),
    model: 'gemini-2.5-flash',
  },
  {
    id: 'mistral',
    wire: mistralWire,
    env: (origin) => ({ MISTRAL_API_KEY: key, MISTRAL_BASE_URL: `${origin}/v1`, MISTRAL_MODEL: 'mistral-small-latest' }),
    model: 'mistral-small-latest',
  },
  {
    id: 'deepseek',
    wire: deepseekWire,
    env: (origin) => ({ DEEPSEEK_API_KEY: key, DEEPSEEK_BASE_URL: `${origin}/v1`, DEEPSEEK_MODEL: 'deepseek-chat' }),
    model: 'deepseek-chat',
  },
  {
    id: 'alibaba',
    wire: alibabaWire,
    env: (origin) => ({ DASHSCOPE_API_KEY: key, DASHSCOPE_BASE_URL: `${origin}/compatible-mode/v1`, DASHSCOPE_MODEL: 'qwen-plus' }),
    model: 'qwen-plus',
  },
  {
    id: 'huggingface',
    wire: chatWire,
    env: (origin) => ({ HF_TOKEN: key, HF_BASE_URL: `${origin}/v1`, HF_MODEL: 'org/model' }),
    model: 'org/model',
  },
  {
    id: 'azure',
    wire: azureWire,
    env: (origin) => ({ AZURE_OPENAI_API_KEY: key, AZURE_OPENAI_ENDPOINT: origin, AZURE_OPENAI_DEPLOYMENT: 'my-deployment' }),
    model: 'my-deployment',
  },
  {
    id: 'vertex',
    wire: vertexWire,
    env: (origin) => ({
      GOOGLE_VERTEX_PROJECT: 'p1',
      GOOGLE_VERTEX_BASE_URL: `${origin}/v1/projects/p1/locations/europe-west4/publishers/google`,
      GOOGLE_VERTEX_CREDENTIALS: JSON.stringify({ client_email: 'a@b', private_key: pair.privateKey, token_uri: `${origin}/token` }),
      GOOGLE_VERTEX_MODEL: 'gemini-2.5-flash',
    }),
    model: 'gemini-2.5-flash',
  },
  {
    id: 'bedrock',
    wire: bedrockWire,
    env: (origin) => ({
      AWS_ACCESS_KEY_ID: 'AKIA',
      AWS_SECRET_ACCESS_KEY: key,
      AWS_REGION: 'eu-central-1',
      AWS_ENDPOINT_URL_BEDROCK_RUNTIME: origin,
      BEDROCK_MODEL: 'amazon.nova-lite-v1:0',
    }),
    model: 'amazon.nova-lite-v1:0',
  },
];

const secretsOf = (id: string) => {
  if (id === 'vertex') return { publicKey: pair.publicKey };
  return id === 'bedrock' ? { accessKeyId: 'AKIA', secretAccessKey: key, region: 'eu-central-1' } : { apiKey: key };
};

/** Each provider as it is met in a run: from the environment, through the guarded outbound request, with its limits. */
vi.setConfig({ testTimeout: 60_000 });

describe.each(rows)('$id', ({ id, wire, env, model }) => {
  let fake: FakeWire;
  let host: Host;
  /** Waits so little that only a provider that hangs is too slow for it. */
  let impatient: Host;
  beforeAll(async () => {
    fake = await startWire(wire, { secrets: secretsOf(id) });
    host = createHost({ env: env(fake.origin) });
    const limits = { firstByteMs: 500, modelFirstByteMs: 500, idleMs: 500 };
    impatient = createHost({ env: env(fake.origin), outbound: createOutbound({ limits }) });
  });
  afterAll(async () => {
    await host.close();
    await impatient.close();
    await fake.close();
  });
  const modelsOf = (on: Host, signal = new AbortController().signal) => {
    const step: StepHandle = { run: 'r', node: 'n', scope: '', attempt: 1, signal, report: () => undefined };
    return on.world({ locale: 'en' }).models(step);
  };
  const hello = { model: 'auto', messages: [{ role: 'user' as const, content: 'Hello there my friend' }] };
  const failureOf = async (stream: AsyncIterable<ChatChunk>): Promise<unknown> => {
    try {
      for await (const chunk of stream) if (chunk.type === 'end') return undefined;
      return undefined;
    } catch (error) {
      return error;
    }
  };

  test('auto means it; it answers whole and streamed', async () => {
    expect(await modelsOf(host).chat(hello)).toMatchObject({ text: 'Hello there my friend', model, simulated: false });
    let text = '';
    for await (const chunk of modelsOf(host).stream({ ...hello, model: `${id}/${model}` })) if (chunk.type === 'text') text += chunk.text;
    expect(text).toBe('Hello there my friend');
  });

  const broken: [name: string, reply: WireReply, expected: object][] = [
    ['hangs', { fault: { kind: 'hang' } }, { errorClass: 'timeout' }],
    ['stalls', { fault: { kind: 'stall' } }, { errorClass: 'timeout' }],
    ['cuts the connection', { fault: { kind: 'cut' } }, { errorClass: 'provider_unavailable', reason: 'connection_lost' }],
  ];
  test.each(broken)('one that %s fails in its class, whole and streamed', async (_name, reply, expected) => {
    fake.script(reply, reply);
    const on = reply.fault?.kind === 'cut' ? host : impatient;
    await expect(modelsOf(on).chat(hello)).rejects.toMatchObject(expected);
    expect(await failureOf(modelsOf(on).stream(hello))).toMatchObject(expected);
  });

  test('a stopped run closes the connection', async () => {
    fake.script({ fault: { kind: 'stall' } });
    const stop = new AbortController();
    const reading = (async () => {
      for await (const chunk of modelsOf(host, stop.signal).stream(hello)) if (chunk.type === 'text') stop.abort();
    })();
    await expect(reading).rejects.toMatchObject({ errorClass: 'cancelled' });
    await fake.left();
  });
});
