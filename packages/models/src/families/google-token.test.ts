import { generateKeyPairSync } from 'node:crypto';
import { cannedRequest } from '@patchbay/testing';
import { afterEach, expect, test, vi } from 'vitest';
import type { OutboundRequest } from '../interface.ts';
import { googleToken, readServiceAccount } from './google-token.ts';

const { privateKey } = generateKeyPairSync('rsa', {
  modulusLength: 2048,
  publicKeyEncoding: { type: 'spki', format: 'pem' },
  privateKeyEncoding: { type: 'pkcs8', format: 'pem' },
});
/** Each test has an account of its own, since tokens are kept. */
const accountOf = (name: string): string =>
  JSON.stringify({ client_email: `${name}@p`, private_key: privateKey, token_uri: 'https://x.example/token' });

afterEach(() => void vi.useRealTimers());

function serving(body: unknown, status = 200) {
  const asked: Parameters<OutboundRequest>[0][] = [];
  const request: OutboundRequest = (call) => {
    asked.push(call);
    return cannedRequest([JSON.stringify(body)], status)();
  };
  return { asked, call: { request, signal: new AbortController().signal } };
}

test('a token is fetched once and kept until shortly before it ends', async () => {
  vi.useFakeTimers({ toFake: ['Date'] });
  const { asked, call } = serving({ access_token: 't', expires_in: 3_600 });
  const secret = accountOf('kept');
  expect(await googleToken(secret, call)).toBe('t');
  vi.setSystemTime(Date.now() + 3_500_000);
  await googleToken(secret, call);
  expect(asked).toHaveLength(1);
  vi.setSystemTime(Date.now() + 50_000);
  await googleToken(secret, call);
  expect(asked).toHaveLength(2);
});

test('the claim goes to the address of the account, and the private key goes nowhere', async () => {
  const { asked, call } = serving({ access_token: 't', expires_in: 3_600 });
  await googleToken(accountOf('claim'), call);
  expect(asked[0]).toMatchObject({ url: 'https://x.example/token', method: 'POST' });
  const sent = decodeURIComponent(String(asked[0]?.body));
  const [, claims = ''] = sent.split('assertion=')[1]?.split('.') ?? [];
  expect(JSON.parse(Buffer.from(claims, 'base64url').toString())).toMatchObject({ iss: 'claim@p', aud: 'https://x.example/token' });
  expect(sent).not.toContain(privateKey.split('\n')[1]);
});

test.each([
  ['refused', { error: 'invalid_grant', error_description: 'No.' }, 400],
  ['answered without a token', {}, 200],
])('a claim that is %s is a failure of the key', async (name, body, status) => {
  const { call } = serving(body, status);
  await expect(googleToken(accountOf(name), call)).rejects.toMatchObject({ errorClass: status === 200 ? 'auth' : 'invalid_input' });
});

test('what is no account is refused before anything is sent', async () => {
  const { asked, call } = serving({});
  await expect(googleToken('not json', call)).rejects.toMatchObject({ errorClass: 'auth', reason: 'key_rejected' });
  expect(asked).toEqual([]);
});

test.each(['', 'x', '[]', 'null', '{}', '{"client_email":"a"}'])('%j is no service account', (text) => {
  expect(readServiceAccount(text)).toBeUndefined();
});
