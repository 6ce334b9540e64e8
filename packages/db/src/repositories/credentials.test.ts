import { expect, test } from 'vitest';
import { localWorkspace as mine } from '../database.ts';
import { newId } from '../ids.ts';
import { scratchDatabase } from '../testing.ts';

const foreign = 'ws_other';
const credentialRow = (name: string, more: { kind?: string } = {}) => ({
  id: newId('cred'),
  kind: 'provider',
  name,
  title: name,
  provider: 'openai',
  baseUrl: null,
  region: null,
  origin: 'https://api.openai.com',
  model: null,
  sealed: 'v1.x',
  version: 1,
  hint: 'abcd',
  createdAt: 1,
  changedAt: 1,
  lastTest: null,
  usableBy: 'everyone',
  ...more,
});

test('a credential is its workspace’s alone', async () => {
  const { credentials } = await scratchDatabase();
  const row = credentialRow('openai');
  await credentials.create(mine, row);
  expect(await credentials.read(mine, row.id)).toEqual({ ...row, workspaceId: mine });
  expect(await credentials.findByName(mine, 'provider', 'openai')).toMatchObject({ id: row.id });
  expect(await credentials.read(foreign, row.id)).toBeUndefined();
  expect(await credentials.findByName(foreign, 'provider', 'openai')).toBeUndefined();
  expect(await credentials.list(foreign)).toEqual([]);
  expect(await credentials.change(foreign, row.id, 1, { title: 'theirs' })).toBe(false);
  await credentials.recordTest(foreign, row.id, 1, '{}');
  expect(await credentials.delete(foreign, row.id)).toBe(false);
  expect(await credentials.read(mine, row.id)).toMatchObject({ title: 'openai', lastTest: null });
});

test('a name is taken once for its kind, and the list is in the order of making', async () => {
  const { credentials } = await scratchDatabase();
  await credentials.create(mine, credentialRow('crm'));
  await expect(credentials.create(mine, credentialRow('crm'))).rejects.toMatchObject({ reason: 'conflict' });
  await credentials.create(mine, credentialRow('crm', { kind: 'secret' }));
  await credentials.create(mine, credentialRow('another'));
  expect((await credentials.list(mine)).map(({ name, kind }) => [name, kind])).toEqual([
    ['crm', 'provider'],
    ['crm', 'secret'],
    ['another', 'provider'],
  ]);
});

test('a change applies to the version that was read, and a test of an earlier secret is not kept', async () => {
  const { credentials } = await scratchDatabase();
  const row = credentialRow('openai');
  await credentials.create(mine, row);
  expect(await credentials.change(mine, row.id, 1, { sealed: 'v1.y', version: 2, hint: null, changedAt: 5 })).toBe(true);
  expect(await credentials.change(mine, row.id, 1, { sealed: 'v1.z', version: 2 })).toBe(false);
  await credentials.recordTest(mine, row.id, 1, '{"ok":true}');
  expect(await credentials.read(mine, row.id)).toMatchObject({ sealed: 'v1.y', version: 2, lastTest: null });
  await credentials.recordTest(mine, row.id, 2, '{"ok":true}');
  expect(await credentials.read(mine, row.id)).toMatchObject({ lastTest: '{"ok":true}' });
  expect(await credentials.delete(mine, row.id)).toBe(true);
  expect(await credentials.delete(mine, row.id)).toBe(false);
});

test('of two first data keys one is in force, and it is replaced only as it was read', async () => {
  const { dataKeys } = await scratchDatabase();
  const first = { workspaceId: mine, masterKeyId: 'm1', sealed: 'a' };
  expect(await dataKeys.read(mine)).toBeUndefined();
  expect(await dataKeys.createOrRead(first)).toEqual(first);
  expect(await dataKeys.createOrRead({ ...first, sealed: 'b' })).toEqual(first);
  const next = { workspaceId: mine, masterKeyId: 'm2', sealed: 'c' };
  expect(await dataKeys.notSealedBy('m2', 10)).toEqual([first]);
  expect(await dataKeys.replace({ ...first, sealed: 'b' }, next)).toBe(false);
  expect(await dataKeys.replace(first, next)).toBe(true);
  expect(await dataKeys.read(mine)).toEqual(next);
  expect(await dataKeys.notSealedBy('m2', 10)).toEqual([]);
});

test('a workspace has the default model it was given', async () => {
  const { workspaces } = await scratchDatabase();
  expect(await workspaces.readDefaultModel(mine)).toBeNull();
  await workspaces.setDefaultModel(mine, 'openai/gpt');
  await workspaces.setDefaultModel(foreign, 'x/y');
  expect(await workspaces.readDefaultModel(mine)).toBe('openai/gpt');
  await workspaces.setDefaultModel(mine, null);
  expect(await workspaces.readDefaultModel(mine)).toBeNull();
  expect(await workspaces.readDefaultModel(foreign)).toBeNull();
});
