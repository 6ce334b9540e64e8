import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { type Database, localWorkspace, openDatabase } from '@patchbay/db';
import { expect, onTestFinished, test } from 'vitest';
import { type KeyFile, newMasterKey, openKeyFile } from './key-file.ts';
import type { Keyring } from './keyring.ts';
import { type RotationStep, rotateMasterKey } from './rotate-master-key.ts';
import { createSecretStore, LockedError, openDataKey, type SecretPlace } from './secret-store.ts';

interface Installation {
  folder: string;
  database: Database;
  /** A store as a process of its own would have it. */
  store(setting?: Keyring): ReturnType<typeof createSecretStore>;
  rotation(setting?: Keyring): AsyncGenerator<RotationStep, void>;
}

async function install(): Promise<Installation> {
  const folder = mkdtempSync(join(tmpdir(), 'patchbay-secrets-'));
  const database = await openDatabase(join(folder, 'patchbay.db'));
  onTestFinished(async () => {
    await database.close();
    rmSync(folder, { recursive: true, force: true });
  });
  const masterKeys = (setting: Keyring = []) => ({ setting, file: openKeyFile(folder) });
  return {
    folder,
    database,
    store: (setting) => createSecretStore({ database, masterKeys: masterKeys(setting) }),
    rotation: (setting) => rotateMasterKey({ database, masterKeys: masterKeys(setting) }),
  };
}

const origin = 'https://api.example.com';
const place: SecretPlace = { workspaceId: localWorkspace, credentialId: 'cred_1', version: 1, origin };
const secret = 'sk-planted-secret-0001';

/** A row, so that the store sees that something is sealed. */
const rowOf = (sealed: string) => ({
  id: 'cred_1',
  kind: 'provider',
  name: 'openai',
  title: 'OpenAI',
  provider: 'openai',
  baseUrl: null,
  region: null,
  origin,
  model: null,
  sealed,
  version: 1,
  hint: null,
  createdAt: 1,
  changedAt: 1,
  lastTest: null,
  usableBy: 'everyone',
});

test('a secret opens again in any process, and only in its own place', async () => {
  const { store } = await install();
  const sealed = await store().seal(place, secret);
  expect(sealed).not.toContain(secret);
  expect(await store().open(place, sealed)).toBe(secret);
  for (const other of [{ credentialId: 'cred_2' }, { version: 2 }, { origin: 'https://evil.example' }, { workspaceId: 'ws_other' }]) {
    await expect(store().open({ ...place, ...other }, sealed), JSON.stringify(other)).rejects.toThrow(LockedError);
  }
});

test('a data key moved to another workspace, or put under another master’s name, does not open', async () => {
  const { store, database, folder } = await install();
  await store().seal(place, secret);
  const row = await database.dataKeys.read(localWorkspace);
  if (row === undefined) throw new Error('no data key');
  const keys = openKeyFile(folder).read();
  expect(openDataKey(keys, row)).toHaveLength(32);
  expect(openDataKey(keys, { ...row, workspaceId: 'ws_other' })).toBeUndefined();
  expect(openDataKey([...keys, newMasterKey()], { ...row, masterKeyId: 'other' })).toBeUndefined();
});

test('without its master key nothing opens, nothing is overwritten, and a new key is made only when nothing is left', async () => {
  const { store, database, folder } = await install();
  const sealed = await store().seal(place, secret);
  await database.credentials.create(localWorkspace, rowOf(sealed));
  const file = openKeyFile(folder);
  const kept = file.read();
  rmSync(file.path);
  await expect(store().open(place, sealed)).rejects.toThrow(LockedError);
  await expect(store().seal({ ...place, credentialId: 'cred_2' }, 'x')).rejects.toThrow(LockedError);
  expect(file.read()).toEqual([]);
  file.replace(kept);
  expect(await store().open(place, sealed)).toBe(secret);
  rmSync(file.path);
  await database.credentials.delete(localWorkspace, 'cred_1');
  const anew = await store().seal(place, 'another');
  expect(await store().open(place, anew)).toBe('another');
});

test('two processes that seal the first secret at once share one data key', async () => {
  const { store } = await install();
  const [one, two] = [store(), store()];
  const sealed = await Promise.all([one.seal(place, 'a'), two.seal({ ...place, credentialId: 'cred_2' }, 'b')]);
  const third = store();
  expect(await third.open(place, sealed[0])).toBe('a');
  expect(await third.open({ ...place, credentialId: 'cred_2' }, sealed[1])).toBe('b');
});

test('a first key that was made a moment ago is taken, whenever another asks for it', async () => {
  for (let reads = 1; reads <= 6; reads += 1) {
    const { store, database, folder } = await install();
    const first = store();
    let asked = 0;
    const late: Pick<Database, 'dataKeys' | 'credentials'> = {
      credentials: database.credentials,
      dataKeys: {
        ...database.dataKeys,
        read: async (workspaceId) => {
          asked += 1;
          // Another seals the first secret of all right before this look.
          if (asked === reads) sealed = await first.seal(place, secret);
          return database.dataKeys.read(workspaceId);
        },
      },
    };
    let sealed: string | undefined;
    const second = createSecretStore({ database: late, masterKeys: { setting: [], file: openKeyFile(folder) } });
    const other = { ...place, credentialId: 'cred_2' };
    const theirs = await second.seal(other, 'b');
    expect(await store().open(other, theirs)).toBe('b');
    if (sealed !== undefined) expect(await store().open(place, sealed), `before look ${reads}`).toBe(secret);
  }
});

test('a rotation adds a key, seals with it and drops the old one, while a running process goes on', async () => {
  const { store, rotation, folder } = await install();
  const running = store();
  const sealed = await running.seal(place, secret);
  const [old] = openKeyFile(folder).read();
  const steps: string[] = [];
  for await (const { done } of rotation()) {
    steps.push(done);
    expect(await running.open(place, sealed)).toBe(secret);
    expect(await store().open(place, sealed)).toBe(secret);
  }
  expect(steps).toEqual(['key-added', 'resealed', 'keys-dropped']);
  const now = openKeyFile(folder).read();
  expect(now).toHaveLength(1);
  expect(now[0]?.id).not.toBe(old?.id);
  // The old key alone opens nothing any more.
  openKeyFile(folder).replace(old === undefined ? [] : [old]);
  await expect(store().open(place, sealed)).rejects.toThrow(LockedError);
});

test.each([0, 1, 2, 3])('a rotation that dies after %i steps has lost nothing, and the next one ends it', async (survived) => {
  const { store, rotation, folder } = await install();
  const sealed = await store().seal(place, secret);
  const dying = rotation();
  for (let step = 0; step < survived; step += 1) await dying.next();
  // A process that dies lets go of its lock, and may leave a file half written.
  await dying.return();
  writeFileSync(`${openKeyFile(folder).path}.0123456789ab`, '{"format"');
  expect(await store().open(place, sealed)).toBe(secret);
  for await (const _ of rotation()) expect(await store().open(place, sealed)).toBe(secret);
  expect(openKeyFile(folder).read()).toHaveLength(1);
  expect(await store().open(place, sealed)).toBe(secret);
});

test('two rotations never run at once', async () => {
  const { store, rotation } = await install();
  await store().seal(place, secret);
  const first = rotation();
  await first.next();
  await expect(rotation().next()).rejects.toThrow(/under way/);
  for await (const _ of first);
  for await (const _ of rotation());
});

test.each([
  ['the server finds it out', (file: KeyFile, stale: Keyring): KeyFile => ({ ...file, readOrMake: () => stale })],
  ['the rotation finds it out', (file: KeyFile, stale: Keyring): KeyFile => ({ ...file, readOrMake: () => stale, read: () => stale })],
])('a first secret sealed with the old master just when that is dropped is not lost: %s', async (_name, seenBy) => {
  const { store, rotation, folder, database } = await install();
  const stale = openKeyFile(folder).readOrMake();
  const server = createSecretStore({ database, masterKeys: { setting: [], file: seenBy(openKeyFile(folder), stale) } });
  let sealed = '';
  for await (const { done } of rotation()) if (done === 'keys-dropped') sealed = await server.seal(place, secret);
  expect(openKeyFile(folder).read()).toHaveLength(1);
  expect(await store().open(place, sealed)).toBe(secret);
});

test('moving to PATCHBAY_SECRET_KEY seals with it and takes the file’s keys out of the world', async () => {
  const { store, rotation, folder } = await install();
  const sealed = await store().seal(place, secret);
  const setting = [newMasterKey()];
  expect(await store(setting).open(place, sealed)).toBe(secret);
  for await (const _ of rotation(setting));
  expect(openKeyFile(folder).read()).toEqual([]);
  expect(await store(setting).open(place, sealed)).toBe(secret);
  await expect(store().open(place, sealed)).rejects.toThrow(LockedError);
  const next = [newMasterKey(), ...setting];
  for await (const _ of rotation(next));
  expect(await store(next.slice(0, 1)).open(place, sealed)).toBe(secret);
});

test('a rotation that meets a key it cannot open drops nothing', async () => {
  const { store, rotation, folder } = await install();
  await store().seal(place, secret);
  const file = openKeyFile(folder);
  file.replace([newMasterKey()]);
  await expect(async () => {
    for await (const _ of rotation());
  }).rejects.toThrow(LockedError);
  expect(file.read()).toHaveLength(2);
});
