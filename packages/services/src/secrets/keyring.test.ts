import { randomBytes } from 'node:crypto';
import { expect, test } from 'vitest';
import { SettingsError } from '../settings.ts';
import { keysOfSetting, masterKey } from './keyring.ts';

const one = randomBytes(32);
const two = randomBytes(32);

test('a key has the same id however it is written, and no two share one', () => {
  const written = [one.toString('base64'), one.toString('base64url'), one.toString('hex'), one.toString('hex').toUpperCase()];
  for (const text of written) expect(keysOfSetting(text)).toEqual([masterKey(one)]);
  expect(masterKey(one).id).not.toBe(masterKey(two).id);
  expect(one.toString('hex')).not.toContain(masterKey(one).id);
});

test('several keys are kept in their order, the first in force', () => {
  expect(keysOfSetting(` ${one.toString('base64')} , ${two.toString('hex')}`)).toEqual([masterKey(one), masterKey(two)]);
  expect(keysOfSetting(undefined)).toEqual([]);
  expect(keysOfSetting('  ')).toEqual([]);
});

test.each(['a pass phrase', one.toString('base64').slice(0, -4), `${one.toString('hex')}00`, `${one.toString('base64')},`, 'x'.repeat(64)])(
  'what is no key of 32 bytes is refused without being repeated',
  (text) => {
    const refused = (): unknown => keysOfSetting(text);
    expect(refused).toThrow(SettingsError);
    expect(refused).toThrow(/openssl rand/);
    expect(refused).not.toThrow(text);
  },
);
