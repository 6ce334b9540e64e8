import { plainRequest, startFakeProvider } from '@patchbay/testing';
import { expect, test } from 'vitest';
import { connectionsFromEnvironment, providerOf } from './connections.ts';
import { familyAt } from './known-providers.ts';

const read = (env: Record<string, string>) => connectionsFromEnvironment(env).filter(({ auto }) => auto);

test('nothing set is no connection but Ollama, which is never chosen unasked', () => {
  expect(read({})).toEqual([]);
  expect(connectionsFromEnvironment({})).toMatchObject([
    { id: 'ollama', baseUrl: 'http://127.0.0.1:11434/v1', privateAllowed: true, auto: false },
  ]);
});

test('a key alone goes to the provider’s own public address', () => {
  expect(read({ OPENAI_API_KEY: ' sk-1 ' })).toEqual([
    {
      id: 'openai',
      family: 'openai',
      baseUrl: 'https://api.openai.com/v1',
      apiKey: 'sk-1',
      model: 'gpt-4.1-mini',
      privateAllowed: false,
      tableProvider: 'openai',
      auto: true,
    },
  ]);
});

test('a base URL needs no key, may be private, and has no usual model and no prices', () => {
  expect(read({ OPENAI_BASE_URL: 'http://127.0.0.1:8000/v1/' })).toEqual([
    {
      id: 'openai',
      family: 'openai-compatible',
      baseUrl: 'http://127.0.0.1:8000/v1',
      apiKey: undefined,
      model: undefined,
      privateAllowed: true,
      tableProvider: undefined,
      auto: true,
    },
  ]);
  expect(read({ OPENAI_BASE_URL: 'http://x.example/v1', OPENAI_MODEL: 'local' })[0]?.model).toBe('local');
});

test('the documented order decides what comes first', () => {
  const env = {
    MISTRAL_API_KEY: 'm',
    DASHSCOPE_API_KEY: 'q',
    GEMINI_API_KEY: 'g',
    DEEPSEEK_API_KEY: 'd',
    ANTHROPIC_API_KEY: 'a',
    OPENAI_API_KEY: 'o',
  };
  expect(read(env).map(({ id }) => id)).toEqual(['openai', 'anthropic', 'google', 'deepseek', 'mistral', 'alibaba']);
});

test.each(['not an address', 'ftp://x.example', 'http://user:pass@x.example/v1'])('%s is refused by name', (value) => {
  expect(() => connectionsFromEnvironment({ OPENAI_BASE_URL: value })).toThrow(/OPENAI_BASE_URL must be/);
});

test('empty variables are as good as none', () => {
  expect(read({ OPENAI_API_KEY: '', OPENAI_BASE_URL: '  ' })).toEqual([]);
});

test('each provider is spoken to in its own dialect, at an address as its own clients write it', () => {
  expect(read({ ANTHROPIC_BASE_URL: 'https://proxy.example/anthropic/', ANTHROPIC_API_KEY: 'a', ANTHROPIC_MODEL: 'c' })).toMatchObject([
    { id: 'anthropic', family: 'anthropic', baseUrl: 'https://proxy.example/anthropic/v1', apiKey: 'a', model: 'c' },
  ]);
  expect(read({ ANTHROPIC_BASE_URL: 'https://proxy.example/v1' })).toMatchObject([
    { baseUrl: 'https://proxy.example/v1', apiKey: undefined },
  ]);
  expect(read({ GOOGLE_GENERATIVE_AI_API_KEY: 'g', GEMINI_API_KEY: 'other' })).toMatchObject([
    { id: 'google', family: 'google', baseUrl: 'https://generativelanguage.googleapis.com/v1beta', apiKey: 'g', tableProvider: 'google' },
  ]);
});

test('an address alone tells the dialect of the provider whose it is', () => {
  expect(familyAt('https://api.deepseek.com/v1')).toBe('deepseek');
  expect(familyAt('https://api.anthropic.com/v1/')).toBe('anthropic');
  expect(familyAt('https://generativelanguage.googleapis.com/v1beta/openai')).toBe('openai-compatible');
  expect(familyAt('http://127.0.0.1:8000/v1')).toBe('openai-compatible');
});

test('a token that is there for something else makes a connection auto does not mean, unless its model is named', () => {
  expect(connectionsFromEnvironment({ HF_TOKEN: 'hf_1' })).toMatchObject([{ id: 'huggingface', auto: false }, { id: 'ollama' }]);
  expect(read({ HF_TOKEN: 'hf_1', HF_MODEL: 'org/model' })).toMatchObject([{ id: 'huggingface', model: 'org/model', auto: true }]);
});

test('several keys of one provider share the load', async () => {
  const fake = await startFakeProvider();
  const [connection] = read({ OPENAI_BASE_URL: fake.url, OPENAI_API_KEY: 'key-a, key-b' });
  if (connection === undefined) throw new Error('There is a connection.');
  const provider = providerOf(connection, undefined);
  for (let time = 0; time < 3; time += 1) await provider.listModels({ request: plainRequest, signal: new AbortController().signal });
  expect(fake.calls.map(({ headers }) => headers.authorization)).toEqual(['Bearer key-a', 'Bearer key-b', 'Bearer key-a']);
  await fake.close();
});
