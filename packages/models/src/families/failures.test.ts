import { type FakeWire, startWire, type WireFault, type WireReply } from '@patchbay/testing';
import { afterAll, beforeAll, beforeEach, describe, expect, test, vi } from 'vitest';
import { type ErrorClass, ModelError } from '../errors.ts';
import type { ChatRequest, ModelProvider } from '../interface.ts';
import { callWith, drain, rows } from '../testing/rows.ts';

const refused: [fault: WireFault, errorClass: ErrorClass, reason: string][] = [
  [{ kind: 'refuse', as: 'auth' }, 'auth', 'key_rejected'],
  [{ kind: 'refuse', as: 'rate_limited', retryAfter: '2' }, 'rate_limited', 'provider_rate_limit'],
  [{ kind: 'refuse', as: 'invalid_input' }, 'invalid_input', 'provider_refused'],
  [{ kind: 'refuse', as: 'model_not_found' }, 'invalid_input', 'model_not_found'],
  [{ kind: 'refuse', as: 'context_too_long' }, 'context_too_long', 'context_too_long'],
  [{ kind: 'refuse', as: 'content_filtered' }, 'content_filtered', 'content_filtered'],
  [{ kind: 'refuse', as: 'provider_unavailable' }, 'provider_unavailable', 'provider_error'],
];

vi.setConfig({ testTimeout: 60_000 });

describe.each(rows)('$name', (row) => {
  let fake: FakeWire;
  let provider: ModelProvider;
  beforeAll(async () => {
    fake = await startWire(row.wire, { secrets: row.secrets });
    provider = row.create(`${fake.origin}${row.base}`);
  });
  afterAll(() => fake.close());
  beforeEach(() => {
    fake.calls.length = 0;
  });
  const lacks = (what: NonNullable<typeof row.lacks>[number]) => row.lacks?.includes(what) === true;
  const asked: ChatRequest = { model: row.model, messages: [{ role: 'user', content: 'Hello there my good friend' }] };
  const both = async (reply: WireReply, call = callWith()) => {
    fake.script(reply, reply);
    const whole: unknown = await provider.generate(asked, call).catch((error: unknown) => error);
    return { whole, ...(await drain(provider.stream(asked, call))) };
  };

  test.each(refused)(
    '%j is its class, whole and streamed, after one call each, and never tells the key',
    async (fault, errorClass, reason) => {
      const { whole, failure, end } = await both({ fault });
      for (const error of [whole, failure]) {
        expect(error).toBeInstanceOf(ModelError);
        expect(error).toMatchObject({ errorClass, reason, params: { provider: 'mine', model: row.model } });
        expect(error).toMatchObject({ retryAfterMs: errorClass === 'rate_limited' ? 2_000 : undefined });
        expect(JSON.stringify([(error as ModelError).params, (error as ModelError).message])).not.toContain(row.secret);
      }
      expect(end).toBeUndefined();
      expect(fake.calls).toHaveLength(2);
    },
  );

  test('a wrong key is told as such', async () => {
    const stranger = row.create(`${fake.origin}${row.base}`, row.wrong);
    await expect(stranger.generate(asked, callWith())).rejects.toMatchObject({ errorClass: 'auth', reason: 'key_rejected' });
  });

  test('without a key nothing is read from the environment of the process', async () => {
    const names = [
      'ANTHROPIC_API_KEY',
      'GOOGLE_GENERATIVE_AI_API_KEY',
      'MISTRAL_API_KEY',
      'DEEPSEEK_API_KEY',
      'ALIBABA_API_KEY',
      'HUGGINGFACE_API_KEY',
      'OPENAI_API_KEY',
      'AZURE_API_KEY',
      'AWS_BEARER_TOKEN_BEDROCK',
      'GOOGLE_VERTEX_API_KEY',
    ];
    for (const name of names) process.env[name] = row.secret;
    try {
      const keyless = row.create(`${fake.origin}${row.base}`, { apiKey: undefined, settings: {} });
      await expect(keyless.generate(asked, callWith())).rejects.toMatchObject({ errorClass: 'auth' });
    } finally {
      for (const name of names) delete process.env[name];
    }
  });

  test('an answer the filter held back is a failure; what had come is kept', async () => {
    const { whole, failure } = await both({ finish: 'filter' });
    for (const error of [whole, failure]) expect(error).toMatchObject({ errorClass: 'content_filtered', reason: 'content_filtered' });
  });

  test('nothing is no answer', async () => {
    const { whole, failure } = await both({ fault: { kind: 'empty' } });
    for (const error of [whole, failure]) expect(error).toMatchObject({ errorClass: 'bad_output', reason: 'empty_answer' });
  });

  test('what cannot be read is bad output; the text before it is kept', async () => {
    const { whole, failure, text, end } = await both({ fault: { kind: 'malformed' } });
    for (const error of [whole, failure]) expect(error).toMatchObject({ errorClass: 'bad_output', reason: 'malformed_answer' });
    expect('Hello there my good friend'.startsWith(text) && text !== '').toBe(true);
    expect(end).toBeUndefined();
  });

  test('broken arguments of a tool are bad output', async () => {
    fake.script({ toolCalls: [{ id: 'call_1', name: 'weather', input: '{"city": "Os' }] });
    const tools = [{ name: 'weather', description: 'Tells the weather.', inputSchema: { type: 'object', properties: {} } }];
    const { failure } = await drain(provider.stream({ ...asked, tools }, callWith()));
    expect(failure).toMatchObject({ errorClass: 'bad_output' });
  });

  test.each(['cut', 'early-end', 'error-event'] as const)('a stream that ends by %s is never a silent success', async (kind) => {
    if (lacks(kind === 'cut' ? 'list' : kind)) return;
    fake.script({ fault: { kind } });
    const { failure, text, end } = await drain(provider.stream(asked, callWith()));
    expect(end).toBeUndefined();
    expect('Hello there my good friend'.startsWith(text) && text !== '').toBe(true);
    expect(failure).toMatchObject(kind === 'cut' ? { name: expect.stringMatching(/Error/) } : { errorClass: 'provider_unavailable' });
  });

  test('a stream that is cancelled closes the connection', async () => {
    fake.script({ fault: { kind: 'stall' } });
    const stop = new AbortController();
    const reason = new ModelError('timeout', 'run_timeout');
    let text = '';
    const reading = async () => {
      for await (const chunk of provider.stream(asked, callWith(stop.signal))) {
        if (chunk.type === 'text') text += chunk.text;
        stop.abort(reason);
      }
    };
    await expect(reading()).rejects.toBe(reason);
    await fake.left();
    expect(text).not.toBe('');
  });

  test('a reader who leaves closes the connection too', async () => {
    fake.script({ fault: { kind: 'stall' } });
    for await (const chunk of provider.stream(asked, callWith())) if (chunk.type === 'text') break;
    await fake.left();
    expect(fake.calls.at(-1)?.aborted).toBe(true);
  });

  test('a call that is cancelled before its answer closes the connection', async () => {
    fake.script({ fault: { kind: 'hang' } });
    const stop = new AbortController();
    const answer = provider.generate(asked, callWith(stop.signal));
    const refused = expect(answer).rejects.toMatchObject({ errorClass: 'cancelled' });
    while (fake.calls.length === 0) await new Promise((resolve) => setTimeout(resolve, 5));
    stop.abort();
    await refused;
    await fake.left();
  });
});
