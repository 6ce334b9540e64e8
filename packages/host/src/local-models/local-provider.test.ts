import { existsSync } from 'node:fs';
import type { CallContext, ChatChunk, ChatMessage, ChatRequest, ModelTask } from '@patchbay/models';
import { describeFailure } from '@patchbay/node-kit';
import { expect, test } from 'vitest';
import { createHost } from '../host.ts';
import { type LocalModels, loadLocalModels } from '../plugins.ts';
import { createLocalProvider } from './local-provider.ts';

const call: CallContext = { signal: new AbortController().signal, request: () => Promise.reject(new Error('nothing goes out')) };
const user = (content: ChatMessage['content']): ChatMessage => ({ role: 'user', content });
const image = { type: 'media', mediaType: 'image/png', base64: Buffer.from('blue').toString('base64') } as const;

/** The plug-in's face with models that do by rule what real ones do by weights. */
function fakeModels(parts: Partial<LocalModels> = {}) {
  const asked: unknown[] = [];
  let closed = 0;
  const models: LocalModels = {
    list: async () => [
      { name: 'feeling', task: 'classify-text' },
      { name: 'maker/colour', task: 'classify-image' },
      { name: 'mask', task: 'fill-mask' },
      { name: 'tale', task: 'write' },
      { name: 'vectors', task: 'embed' },
    ],
    classifyText: async (_, text) => {
      asked.push(text);
      const joy = text.includes('good') ? 0.9 : 0.2;
      return [
        { label: 'JOY', score: joy },
        { label: 'anger', score: 1 - joy },
      ].sort((one, other) => other.score - one.score);
    },
    classifyImage: async (_, bytes) => [{ label: Buffer.from(bytes).toString(), score: 0.8 }],
    fillMask: async (_, text) => [{ label: text.replace('[MASK]', 'cat'), score: 1 }],
    embed: async (_, texts) => texts.map((text) => [text.length, 0]),
    write: async (_, { messages, maxTokens, onText }) => {
      asked.push(messages);
      const words = ['so ', 'it ', 'goes'].slice(0, maxTokens);
      for (const word of words) {
        onText(word);
        await Promise.resolve();
      }
      return { text: words.join(''), inputTokens: 7, outputTokens: words.length };
    },
    close: async () => {
      closed += 1;
    },
    ...parts,
  };
  const provider = createLocalProvider({ folder: 'models', load: async () => ({ openLocalModels: () => models }) });
  const ask = (model: string, content: ChatMessage['content'], more: Partial<ChatRequest> = {}) =>
    provider.generate({ model, messages: [user(content)], ...more }, call);
  return { provider, ask, asked, closed: () => closed };
}

const sort = (text: string, ids: string[], many?: true): ModelTask => ({
  kind: 'classify',
  text,
  labels: ids.map((id) => ({ id, title: `${id[0]?.toUpperCase()}${id.slice(1)}` })),
  ...(many === true ? { many } : {}),
});

async function chunksOf(stream: AsyncIterable<ChatChunk>): Promise<ChatChunk[]> {
  const chunks: ChatChunk[] = [];
  for await (const chunk of stream) chunks.push(chunk);
  return chunks;
}

test('a model answers with what it is for: a label, a filled mask, the text that goes on', async () => {
  const { ask, provider } = fakeModels();
  expect(await ask('feeling', 'a good day')).toMatchObject({ text: 'JOY', finishReason: 'stop', model: 'feeling', simulated: false });
  expect((await ask('maker/colour', [{ type: 'text', text: 'Which colour?' }, image])).text).toBe('blue');
  expect((await ask('mask', 'the [MASK] sat')).text).toBe('the cat sat');
  expect(await ask('tale', 'And?')).toMatchObject({
    text: 'so it goes',
    finishReason: 'stop',
    usage: { inputTokens: 7, outputTokens: 3, estimated: false },
  });
  expect(await ask('tale', 'And?', { maxOutputTokens: 2 })).toMatchObject({ text: 'so it ', finishReason: 'length' });
  expect(await provider.listModels(call)).toEqual(['feeling', 'maker/colour', 'mask', 'tale', 'vectors']);
});

test('nothing it does costs money', async () => {
  const { ask, provider } = fakeModels();
  for (const model of ['feeling', 'mask', 'tale']) expect((await ask(model, 'x')).usage.costUsd, model).toBe(0);
  const { vectors, usage } = (await provider.embed?.({ model: 'vectors', texts: ['a', 'bcd'] }, call)) ?? {};
  expect(vectors).toEqual([
    [1, 0],
    [3, 0],
  ]);
  expect(usage).toMatchObject({ costUsd: 0, outputTokens: 0, estimated: true });
});

test('a Classify step is answered by its own labels, found by name or title, and judges its text alone', async () => {
  const { ask, asked } = fakeModels();
  const answer = await ask('feeling', 'Sort: a good day', { task: sort('a good day', ['joy', 'anger']) });
  expect(JSON.parse(answer.text)).toEqual({ label: 'joy', confidence: 0.9 });
  expect(asked).toEqual(['a good day']);
  const titled = sort('bad', ['x']);
  if (titled.kind === 'classify') titled.labels = [{ id: 'cross', title: 'Anger' }];
  expect(JSON.parse((await ask('feeling', '', { task: titled })).text)).toEqual({ label: 'cross', confidence: 0.8 });
});

test('a label that the step does not have is its way for everything else, where it has one', async () => {
  const { ask } = fakeModels();
  expect(JSON.parse((await ask('feeling', '', { task: sort('good', ['anger', 'other']) })).text)).toEqual({
    label: 'other',
    confidence: 0.9,
  });
  expect(JSON.parse((await ask('feeling', '', { task: sort('good', ['anger']) })).text)).toEqual({ label: 'anger', confidence: 0.1 });
  const failure = { errorClass: 'invalid_input', reason: 'local_labels_differ', params: { model: 'feeling', labels: 'JOY, anger' } };
  await expect(ask('feeling', '', { task: sort('good', ['spam']) })).rejects.toMatchObject(failure);
  await expect(ask('feeling', '', { task: sort('good', ['spam'], true) })).rejects.toMatchObject(failure);
});

test('of many labels those fit that are likelier than not', async () => {
  const { ask } = fakeModels();
  const answer = await ask('feeling', '', { task: sort('good', ['joy', 'anger'], true) });
  expect(JSON.parse(answer.text)).toEqual({ labels: [{ label: 'joy', confidence: 0.9 }] });
});

test('a written text streams; what is whole comes as one', async () => {
  const { provider, asked } = fakeModels();
  const messages: ChatMessage[] = [{ role: 'system', content: 'Be short.' }, user([{ type: 'text', text: 'And?' }, image])];
  const chunks = await chunksOf(provider.stream({ model: 'tale', messages }, call));
  expect(chunks.map((chunk) => ('text' in chunk ? chunk.text : chunk.type)).join('')).toBe('so it goesend');
  expect(chunks.length).toBeGreaterThan(2);
  expect(chunks.at(-1)).toMatchObject({ type: 'end', finishReason: 'stop', usage: { outputTokens: 3 } });
  expect(asked).toEqual([
    [
      { role: 'system', content: 'Be short.' },
      { role: 'user', content: 'And?' },
    ],
  ]);
  const whole = await chunksOf(provider.stream({ model: 'mask', messages: [user('a [MASK]')] }, call));
  expect(whole).toMatchObject([{ type: 'text', text: 'a cat' }, { type: 'end' }]);
});

test('who leaves a stream stops the model, and so does who cancels', async () => {
  const signals: AbortSignal[] = [];
  const endless: LocalModels['write'] = async (_, { signal, onText }) => {
    signals.push(signal);
    onText('on ');
    await new Promise((resolve) => signal.addEventListener('abort', resolve));
    throw new Error('stopped');
  };
  const { provider } = fakeModels({ write: endless });
  for await (const chunk of provider.stream({ model: 'tale', messages: [user('x')] }, call)) {
    expect(chunk).toEqual({ type: 'text', text: 'on ' });
    break;
  }
  expect(signals[0]?.aborted).toBe(true);
  const stop = new AbortController();
  const answer = provider.generate({ model: 'tale', messages: [user('x')] }, { ...call, signal: stop.signal });
  queueMicrotask(() => setTimeout(() => stop.abort(), 0));
  await expect(answer).rejects.toMatchObject({ errorClass: 'cancelled' });
});

test('each thing that cannot be done has a sentence in both languages, and says nothing of this machine', async () => {
  const broken = fakeModels({ fillMask: () => Promise.reject(new Error('/home/ada/models/mask is broken')) });
  const missing = createLocalProvider({
    folder: 'models',
    load: () =>
      Promise.reject(
        Object.assign(new Error('gone'), { errorClass: 'invalid_input', reason: 'plugin_missing', params: { plugin: 'local-models' } }),
      ),
  });
  const failures = await Promise.all(
    [
      broken.ask('mask', 'x'),
      broken.ask('vectors', 'x'),
      broken.ask('maker/colour', 'no image'),
      broken.ask('nobody', 'x'),
      broken.ask('feeling', 'x', { task: sort('x', ['spam']) }),
      broken.provider.embed?.({ model: 'tale', texts: ['x'] }, call),
      missing.generate({ model: 'tale', messages: [] }, call),
    ].map((work) =>
      Promise.resolve(work).then(
        () => undefined,
        (error: { errorClass: 'internal'; reason: string; params: Record<string, string> }) => error,
      ),
    ),
  );
  expect(failures.map((failure) => failure?.reason)).toEqual([
    'local_model_failed',
    'local_only_vectors',
    'local_needs_image',
    'model_not_found',
    'local_labels_differ',
    'local_no_vectors',
    'plugin_missing',
  ]);
  for (const failure of failures) {
    if (failure === undefined) throw new Error('it must fail');
    const shown = (['en', 'zh-Hans'] as const).map((locale) =>
      describeFailure({ class: failure.errorClass, reason: failure.reason, params: failure.params }, locale),
    );
    expect(shown[0]?.message).toMatch(/local|plug-in/);
    expect(shown[1]?.message).toMatch(/[一-龥]/);
    expect(shown.map(({ message, fix }) => `${message} ${fix}`).join(' ')).not.toMatch(/ada|[{}]/);
  }
});

test('the folder is looked at when a model is new, not at every call', async () => {
  let looks = 0;
  const names = ['one'];
  const { ask } = fakeModels({
    list: async () => {
      looks += 1;
      return names.map((name) => ({ name, task: 'fill-mask' as const }));
    },
  });
  for (let turn = 0; turn < 3; turn += 1) await ask('one', 'x');
  expect(looks).toBe(1);
  await expect(ask('two', 'x')).rejects.toMatchObject({ reason: 'model_not_found' });
  names.push('two');
  await ask('two', 'x');
  expect(looks).toBe(3);
});

test('the plug-in is looked for again after it was missing, and closed with the host', async () => {
  let there = false;
  const { provider, closed } = fakeModels();
  const late = createLocalProvider({
    folder: 'models',
    load: async () => {
      if (!there) throw new Error('missing');
      return { openLocalModels: () => ({ ...fakeModels().provider, list: async () => [], close: async () => {} }) as never };
    },
  });
  await expect(late.listModels(call)).rejects.toThrow('missing');
  there = true;
  expect(await late.listModels(call)).toEqual([]);
  await provider.listModels(call);
  await provider.close();
  expect(closed()).toBe(1);
  await createLocalProvider({ folder: 'models' }).close();
});

test('without a folder there is no local model at all; with one they are listed and called by name', async () => {
  const off = createHost({ env: {} });
  expect((await off.models()).filter(({ provider }) => provider === 'local')).toEqual([]);
  const step = { run: 'r', node: 'n', scope: '', attempt: 1, signal: call.signal, report: () => {} };
  await expect(off.world({ locale: 'en' }).models(step).chat({ model: 'local/tale', messages: [] })).rejects.toMatchObject({
    reason: 'no_connection',
  });
  await off.close();
  // A folder without models: whether the plug-in is installed or not, nothing is listed and the list does not fail.
  const empty = createHost({ env: { PATCHBAY_LOCAL_MODELS: 'no-such-folder' } });
  expect((await empty.models()).map(({ id }) => id)).toContain('demo/auto');
  await expect(empty.world({ locale: 'en' }).models(step).chat({ model: 'local/tale', messages: [] })).rejects.toMatchObject({
    reason: expect.toBeOneOf(['model_not_found', 'plugin_missing']),
  });
  await empty.close();
});

const installed = existsSync(new URL('../../../../plugins/local-models/node_modules', import.meta.url));

const missing = { errorClass: 'invalid_input', reason: 'plugin_missing', params: { plugin: 'local-models' } };

test('the plug-in is loaded from its own folder; where it is not installed, that is what is said', { timeout: 60_000 }, async () => {
  const loaded = loadLocalModels().then(({ openLocalModels }) => openLocalModels('no-such-folder').list());
  await (installed ? expect(loaded).resolves.toEqual([]) : expect(loaded).rejects.toMatchObject(missing));
});
