import type { ProviderResource } from '@patchbay/services/resources';
import { expect, test } from 'vitest';
import { isReady, nothing, shownParts, wishOf } from './wish.ts';

const openai: ProviderResource = {
  id: 'openai',
  title: 'OpenAI',
  keyPrefixes: [],
  keyUrl: null,
  needsKey: true,
  needsBaseUrl: false,
  baseUrl: null,
  keyForm: 'line',
  fields: [],
};
const words = { title: '', help: '', example: '' };
const bedrock: ProviderResource = { ...openai, id: 'bedrock', keyForm: 'pair', fields: [{ ...words, part: 'region', required: true }] };

test('what was typed for another provider is not sent', () => {
  const typed = { ...nothing, key: 'AKIA1', secret: 's', region: 'eu-central-1', title: ' ' };
  expect(wishOf(typed, bedrock, false)).toEqual({ kind: 'provider', provider: 'bedrock', key: 'AKIA1:s', region: 'eu-central-1' });
  expect(wishOf(typed, openai, true)).toEqual({ kind: 'provider', provider: 'openai', key: 'AKIA1', untested: true });
});

test('a server of one’s own may need no key; a cloud always does', () => {
  expect(isReady(nothing, undefined)).toBe(false);
  expect(isReady(nothing, openai)).toBe(false);
  expect(isReady({ ...nothing, key: 'k' }, openai)).toBe(true);
  expect(isReady({ ...nothing, baseUrl: 'http://x.example' }, openai)).toBe(true);
  expect(isReady({ ...nothing, baseUrl: 'http://x.example' }, bedrock)).toBe(false);
  expect(isReady(nothing, { ...openai, needsKey: false })).toBe(true);
});

test('the key always has a field in sight', () => {
  expect([shownParts(undefined), shownParts(openai), shownParts(bedrock)]).toEqual([['key'], ['key'], ['key', 'region']]);
});
