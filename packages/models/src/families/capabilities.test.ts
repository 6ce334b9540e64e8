import { chatWire, type FakeWire, startWire, tinyPng } from '@patchbay/testing';
import { afterAll, beforeAll, describe, expect, test, vi } from 'vitest';
import { createProvider } from '../create-provider.ts';
import { type FamilyId, families } from '../families.ts';
import { capabilities, type ModelProvider } from '../interface.ts';
import { callWith, rows } from '../testing/rows.ts';

/** The model asked for each thing, where a family is choosy. */
const models: Record<string, Partial<Record<(typeof capabilities)[number], string>>> = {
  google: { embed: 'gemini-embedding-001', image: 'gemini-2.5-flash-image', speech: 'gemini-2.5-flash-preview-tts' },
  vertex: { embed: 'text-embedding-005', image: 'gemini-2.5-flash-image' },
  bedrock: { embed: 'amazon.titan-embed-text-v2:0', image: 'amazon.nova-canvas-v1:0', rerank: 'amazon.rerank-v1:0' },
  mistral: { embed: 'mistral-embed', speech: 'voxtral-tts', transcribe: 'voxtral-mini-latest' },
  openai: { embed: 'text-embedding-3-small', image: 'gpt-image-1', speech: 'gpt-4o-mini-tts', transcribe: 'whisper-1' },
  azure: { embed: 'text-embedding-3-small', image: 'gpt-image-1', speech: 'tts-1', transcribe: 'whisper-1' },
};

vi.setConfig({ testTimeout: 60_000 });

describe.each(rows)('$name', (row) => {
  let fake: FakeWire;
  let provider: ModelProvider;
  beforeAll(async () => {
    fake = await startWire(row.wire, { secrets: row.secrets });
    provider = row.create(`${fake.origin}${row.base}`);
  });
  afterAll(() => fake.close());
  const model = (what: (typeof capabilities)[number]): string => models[row.name]?.[what] ?? 'some-model';
  const seen = () => fake.calls.at(-1)?.asked;
  const can = (what: (typeof capabilities)[number]): boolean => provider[what] !== undefined;

  test('it can do what its row says, and nothing else', () => {
    if (!Object.hasOwn(families, row.name) || row.name === 'alibaba') return;
    const does: readonly string[] = families[row.name as keyof typeof families].does;
    expect(capabilities.filter(can)).toEqual(capabilities.filter((what) => does.includes(what)));
  });

  test('texts become vectors, one each, in order', async () => {
    if (provider.embed === undefined) return;
    const { vectors, usage } = await provider.embed({ model: model('embed'), texts: ['a', 'bcd'] }, callWith());
    expect(vectors.map(([length]) => length)).toEqual([1, 3]);
    expect(usage.inputTokens).toBeGreaterThan(0);
    expect(usage.outputTokens).toBe(0);
  });

  test('a picture comes with its type', async () => {
    if (provider.image === undefined) return;
    const { images, usage } = await provider.image({ model: model('image'), prompt: 'A cat' }, callWith());
    expect(usage.imageOutputTokens).toBe(usage.outputTokens);
    expect(usage.outputTokens).toBeGreaterThan(0);
    expect(images).toEqual([{ type: 'media', mediaType: 'image/png', base64: tinyPng }]);
    expect(seen()?.texts).toEqual(['A cat']);
  });

  test('a picture may be part of an answer, where the family gives some', async () => {
    const asked = { model: row.model, messages: [{ role: 'user' as const, content: 'Draw a cat' }], outputs: ['image' as const] };
    const gives: readonly string[] = row.name in families ? families[row.name as keyof typeof families].gives : [];
    if (!gives.includes('image')) return await expect(provider.generate(asked, callWith())).rejects.toMatchObject({ reason: 'no_image' });
    const { text, parts } = await provider.generate(asked, callWith());
    expect(text).toBe('Draw a cat');
    expect(parts?.at(-1)).toEqual({ type: 'media', mediaType: 'image/png', base64: tinyPng });
  });

  test('text is read aloud', async () => {
    if (provider.speech === undefined) return;
    const { audio, usage } = await provider.speech(
      { model: model('speech'), text: 'Hello', voice: row.name === 'google' ? 'Kore' : 'alloy' },
      callWith(),
    );
    expect(audio.mediaType).toMatch(/^audio\/(?:mpeg|wav)$/);
    expect(audio.base64.length).toBeGreaterThan(10);
    expect([usage.inputTokens, usage.outputTokens].every((count) => count > 0)).toBe(true);
    expect(seen()?.kind).toBe('speech');
  });

  test('speech is written down', async () => {
    if (provider.transcribe === undefined) return;
    const audio = { type: 'media' as const, mediaType: 'audio/wav', base64: 'UklGRgAAAABXQVZF' };
    const { text, usage } = await provider.transcribe({ model: model('transcribe'), audio, language: 'en' }, callWith());
    expect(text).toBe('Hello there');
    // The answer says two seconds.
    expect(usage).toMatchObject({ audioSeconds: 2, estimated: false });
    expect(seen()).toMatchObject({ kind: 'transcribe', model: model('transcribe') });
  });

  test('documents are sorted by how well they fit', async () => {
    if (provider.rerank === undefined) return;
    const { ranking } = await provider.rerank({ model: model('rerank'), query: 'cats', documents: ['a', 'b'], top: 2 }, callWith());
    expect(ranking).toEqual([
      { index: 0, score: 1 },
      { index: 1, score: 0.5 },
    ]);
  });

  test('what is refused is its class here too', async () => {
    const ask = {
      embed: () => provider.embed?.({ model: model('embed'), texts: ['a'] }, callWith()),
      image: () => provider.image?.({ model: model('image'), prompt: 'A cat' }, callWith()),
      speech: () => provider.speech?.({ model: model('speech'), text: 'Hello' }, callWith()),
      rerank: () => provider.rerank?.({ model: model('rerank'), query: 'q', documents: ['a'] }, callWith()),
    };
    for (const call of Object.values(ask)) {
      fake.script({ fault: { kind: 'refuse', as: 'rate_limited', retryAfter: '3' } });
      const answer = call();
      if (answer !== undefined) await expect(answer).rejects.toMatchObject({ errorClass: 'rate_limited', retryAfterMs: 3_000 });
    }
  });
});

describe('what only OpenAI and Mistral do', () => {
  let fake: FakeWire;
  beforeAll(async () => {
    fake = await startWire(chatWire, { secrets: { apiKey: 'key-123456789' } });
  });
  afterAll(() => fake.close());
  const open = (family: FamilyId, more: Partial<Parameters<typeof createProvider>[0]> = {}) =>
    createProvider({ family, id: 'mine', baseUrl: `${fake.origin}/v1/`, apiKey: 'key-123456789', ...more });

  test.each(['openai', 'mistral'] as const)('%s judges texts', async (family) => {
    const answer = await open(family).moderate?.({ model: 'moderation', texts: ['fine', 'bad'] }, callWith());
    expect(answer?.verdicts).toEqual([
      { flagged: false, categories: { violence: 0.1 } },
      { flagged: true, categories: { violence: 0.9 } },
    ]);
    await expect(open(family, { apiKey: 'no' }).moderate?.({ model: 'm', texts: ['x'] }, callWith())).rejects.toMatchObject({
      errorClass: 'auth',
    });
  });

  test('chat goes by our own wire unless thinking is asked for, or the model has nothing else', async () => {
    const asked = { model: 'gpt-5-mini', messages: [{ role: 'user' as const, content: 'Hello' }] };
    await open('openai').generate(asked, callWith());
    await open('openai')
      .generate({ ...asked, reasoning: 'low' }, callWith())
      .catch(() => undefined);
    await open('openai')
      .generate({ ...asked, model: 'gpt-5.4-pro' }, callWith())
      .catch(() => undefined);
    expect(fake.calls.slice(-3).map(({ path }) => path)).toEqual(['/v1/chat/completions', '/v1/responses', '/v1/responses']);
  });

  test('OpenAI does all that there is but ranking', () => {
    const provider = open('openai');
    expect(capabilities.filter((what) => provider[what] !== undefined)).toEqual(['embed', 'image', 'speech', 'transcribe', 'moderate']);
  });
});
