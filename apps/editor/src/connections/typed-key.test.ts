import { expect, test } from 'vitest';
import { accountOf, asksSecret, azureAddress, isBlock, keyText, noKey } from './typed-key.ts';

const pair = { key: ' AKIA1 ', secret: 's/+1', token: '' };

test.each([
  ['line', { ...pair, key: 'sk-1' }, 'sk-1'],
  ['pair', pair, 'AKIA1:s/+1'],
  ['pair', { ...pair, token: 't==' }, 'AKIA1:s/+1:t=='],
  ['pair', { ...pair, secret: '' }, 'AKIA1'],
  ['pair', { ...pair, key: 'ABSKx' }, 'ABSKx'],
  ['pair', { ...pair, key: 'AKIA1:whole' }, 'AKIA1:whole'],
  ['pair', { ...pair, key: 'AKIA1\nwhole' }, 'AKIA1\nwhole'],
  ['file', { ...pair, key: '{ "a": 1 }' }, '{ "a": 1 }'],
] as const)('a %s %o is sent as %j', (form, typed, sent) => expect(keyText(form, typed)).toBe(sent));

test('the other half of a pair is asked for until it is there or not needed', () => {
  expect(asksSecret('pair', noKey)).toBe(true);
  expect(asksSecret('pair', { ...noKey, key: 'ASIA1' })).toBe(true);
  expect(asksSecret('pair', { ...noKey, key: 'bedrock-api-key-1' })).toBe(false);
  expect(asksSecret('pair', { ...noKey, key: 'ASIA1\ns' })).toBe(false);
  expect(asksSecret('line', { ...noKey, key: 'AKIA1' })).toBe(false);
});

test('a block is JSON or more than one line', () => {
  expect([isBlock('{'), isBlock(' \n{ }'), isBlock('a\nb'), isBlock('a\n'), isBlock('a b'), isBlock('')]).toEqual([
    true,
    true,
    true,
    false,
    false,
    false,
  ]);
});

test.each([
  ['{"client_email":"a@b"}', 'a@b'],
  ['{"client_email":1}', undefined],
  ['{', undefined],
  ['null', undefined],
  ['sk-1', undefined],
])('%s is the key file of %s', (text, email) => expect(accountOf(text)).toBe(email));

test.each([
  ['https://mine.openai.azure.com', { baseUrl: 'https://mine.openai.azure.com', model: '' }],
  [
    ' https://mine.openai.azure.com/openai/deployments/my%20chat/chat/completions?api-version=1 ',
    { baseUrl: 'https://mine.openai.azure.com', model: 'my chat' },
  ],
  ['https://mine.services.ai.azure.com/models', { baseUrl: 'https://mine.services.ai.azure.com', model: '' }],
  ['https://azure.com.evil.example', undefined],
  ['http://mine.openai.azure.com', undefined],
  ['sk-1', undefined],
])('%s leads to %o', (text, place) => expect(azureAddress(text)).toEqual(place));
