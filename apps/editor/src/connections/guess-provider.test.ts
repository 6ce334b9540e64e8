import { expect, test } from 'vitest';
import { guessProvider } from './guess-provider.ts';

const providers = [
  { id: 'openai', keyPrefixes: ['sk-', 'sk-proj-'] },
  { id: 'anthropic', keyPrefixes: ['sk-ant-'] },
  { id: 'deepseek', keyPrefixes: ['sk-'] },
  { id: 'google', keyPrefixes: ['AIza'] },
  { id: 'mistral', keyPrefixes: [] },
];

test.each([
  ['', { kind: 'empty' }],
  ['   ', { kind: 'empty' }],
  ['sk-ant-api03-abc', { kind: 'one', provider: 'anthropic' }],
  ['  sk-proj-abc', { kind: 'one', provider: 'openai' }],
  ['AIzaSyAbc', { kind: 'one', provider: 'google' }],
  ['sk-abc', { kind: 'several', providers: ['openai', 'deepseek'] }],
  ['0123456789abcdef', { kind: 'unknown' }],
  ['SK-ANT-x', { kind: 'unknown' }],
])('%j is %o', (key, guess) => expect(guessProvider(key, providers)).toEqual(guess));
