import { chmodSync, mkdtempSync, readdirSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, onTestFinished, test } from 'vitest';
import { SettingsError } from '../settings.ts';
import { keyFileName, newMasterKey, openKeyFile } from './key-file.ts';

function folder(): string {
  const made = mkdtempSync(join(tmpdir(), 'patchbay-keys-'));
  onTestFinished(() => rmSync(made, { recursive: true, force: true }));
  return made;
}

test('nothing is made until a key is needed; then one file for its owner alone', () => {
  const place = join(folder(), 'deep');
  const file = openKeyFile(place);
  expect(file.read()).toEqual([]);
  const keys = file.readOrMake();
  expect(keys).toHaveLength(1);
  expect(statSync(file.path).mode & 0o777).toBe(0o600);
  expect(readdirSync(place)).toEqual([keyFileName]);
  expect(openKeyFile(place).readOrMake()).toEqual(keys);
});

test('two processes that make it at once come to the same key', () => {
  const place = folder();
  const [one, two] = [openKeyFile(place), openKeyFile(place)];
  expect(one.readOrMake()).toEqual(two.readOrMake());
  expect(readdirSync(place)).toEqual([keyFileName]);
});

test('a file that others may read is closed to them', () => {
  const file = openKeyFile(folder());
  file.readOrMake();
  chmodSync(file.path, 0o644);
  file.read();
  expect(statSync(file.path).mode & 0o777).toBe(0o600);
});

test('replacing changes all keys at once and keeps the order', () => {
  const place = folder();
  const file = openKeyFile(place);
  const [old] = file.readOrMake();
  const keys = [newMasterKey(), ...(old === undefined ? [] : [old])];
  file.replace(keys);
  expect(file.read()).toEqual(keys);
  expect(statSync(file.path).mode & 0o777).toBe(0o600);
  // What a process that died in the middle leaves behind is no key file.
  writeFileSync(join(place, `${keyFileName}.abcdef`), 'half');
  expect(openKeyFile(place).read()).toEqual(keys);
});

test.each([
  ['no JSON', () => 'not json'],
  ['another format', () => JSON.stringify({ format: 'x', version: 1, keys: [] })],
  ['a short key', () => JSON.stringify({ format: 'patchbay/secret-keys', version: 1, keys: [{ id: 'a', key: 'c2hvcnQ=' }] })],
  [
    'a key under a strange id',
    () => JSON.stringify({ format: 'patchbay/secret-keys', version: 1, keys: [{ id: 'a', key: Buffer.alloc(32, 7).toString('base64') }] }),
  ],
])('a file with %s is refused by its name, and stays as it is', (_name, text) => {
  const file = openKeyFile(folder());
  writeFileSync(file.path, text());
  expect(() => file.readOrMake()).toThrow(SettingsError);
  expect(() => file.read()).toThrow(keyFileName);
  expect(readFileSync(file.path, 'utf8')).toBe(text());
});
