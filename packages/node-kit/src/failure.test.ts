import { locales } from '@patchbay/flow';
import { errorClasses } from '@patchbay/models';
import { expect, test } from 'vitest';
import { describeFailure, hasWords } from './failure.ts';
import { reasonWords } from './failure-words.ts';

test('every class of error has its sentence in both languages', () => {
  for (const locale of locales) {
    const sentences = errorClasses.map((name) => describeFailure({ class: name, reason: 'nothing_known', params: {} }, locale).message);
    expect(new Set(sentences).size).toBe(errorClasses.length);
    for (const sentence of sentences) expect(sentence).toMatch(/[.。]$/);
  }
});

test('a finer reason has a finer sentence, with a fix', () => {
  const failure = { class: 'auth', reason: 'key_rejected', params: { provider: 'openai' } } as const;
  expect(describeFailure(failure, 'en')).toEqual({ message: 'openai does not accept the key.', fix: 'Check the key of this connection.' });
  expect(describeFailure(failure, 'zh-Hans')).toEqual({ message: 'openai 不接受此密钥。', fix: '请检查此连接的密钥。' });
});

test('a path that is nearly right is put right', () => {
  const failure = (nearest: string) =>
    ({ class: 'invalid_input', reason: 'path_missing', params: { port: 'ticket', path: 'nmae', key: 'nmae', nearest } }) as const;
  expect(describeFailure(failure('name'), 'en').fix).toBe('Did you mean “name”?');
  expect(describeFailure(failure(''), 'en').fix).toContain('optional');
});

test('a reason named like a part of every object has no words', () => {
  for (const reason of ['constructor', 'toString', '__proto__', '']) {
    expect(hasWords(reason)).toBe(false);
    expect(describeFailure({ class: 'timeout', reason, params: {} }, 'en').message).toBe('This took too long and was stopped.');
  }
});

test('no sentence of a reason leaves a place open when its parameters are there', () => {
  const params = Object.fromEntries(
    [
      'provider',
      'model',
      'message',
      'start',
      'label',
      'text',
      'port',
      'path',
      'nearest',
      'limit',
      'pattern',
      'problem',
      'host',
      'url',
      'name',
    ].map((name) => [name, 'X']),
  );
  for (const [reason, { message, fix }] of Object.entries(reasonWords)) {
    for (const locale of locales) {
      expect(message[locale], reason).toMatch(/[.。]$|\}$/);
      if (fix !== undefined) expect(fix[locale], reason).toMatch(/[.。?？]$/);
      expect(describeFailure({ class: 'internal', reason, params }, locale).message).not.toMatch(/\{[a-zA-Z]+\}/);
    }
  }
});

test('what the provider itself says follows our sentence, once', () => {
  const failure = { class: 'auth' as const, reason: 'key_rejected', params: { provider: 'openai', message: 'Country not supported.' } };
  expect(describeFailure(failure, 'en').message).toBe('openai does not accept the key. The provider says: Country not supported.');
  expect(describeFailure(failure, 'zh-Hans').message).toBe('openai 不接受此密钥。服务商说明：Country not supported.');
  const refused = { ...failure, class: 'invalid_input' as const, reason: 'provider_refused' };
  expect(describeFailure(refused, 'en').message).toBe('openai refused the request: Country not supported.');
  expect(describeFailure({ ...failure, params: { provider: 'openai', message: '' } }, 'en').message).toBe(
    'openai does not accept the key.',
  );
});
