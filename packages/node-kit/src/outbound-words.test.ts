import { expect, test } from 'vitest';
import { describeFailure, hasWords } from './failure.ts';
import { outboundWords } from './outbound-words.ts';

const params = { provider: 'openai', host: 'x.example', url: 'x', code: 'CERT', limit: 10, encoding: 'zstd' };

test.each(Object.keys(outboundWords))('%s has a sentence in both languages with nothing left open', (reason) => {
  expect(hasWords(reason)).toBe(true);
  for (const locale of ['en', 'zh-Hans'] as const) {
    const { message, fix } = describeFailure({ class: 'provider_unavailable', reason, params }, locale);
    expect(`${message}${fix ?? ''}`).not.toMatch(/[{}]/);
  }
});

test('a missing connection says which one, and what to do', () => {
  expect(describeFailure({ class: 'auth', reason: 'no_connection', params: { provider: 'anthropic' } }, 'en')).toEqual({
    message: 'There is no connection to anthropic.',
    fix: 'Add its key, or choose another model.',
  });
});
