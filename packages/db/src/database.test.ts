import { createHash } from 'node:crypto';
import { readFileSync, statSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import Driver from 'better-sqlite3';
import { readMigrationFiles } from 'drizzle-orm/migrator';
import { expect, test } from 'vitest';
import { attempt } from './attempt.ts';
import { localWorkspace, openDatabase } from './database.ts';
import { newId } from './ids.ts';
import { spaceIsShort } from './space.ts';
import { scratchDatabase, scratchFolder } from './testing.ts';

const hashOf = (file: string) => createHash('sha256').update(readFileSync(file)).digest('hex');

test('a fresh file gets its tables, the local workspace and a mode for one user only', async () => {
  const file = join(scratchFolder(), 'deep', 'patchbay.db');
  const database = await openDatabase(file);
  await database.ping();
  await database.close();
  expect(statSync(file).mode & 0o777).toBe(0o600);
  const driver = new Driver(file);
  expect(driver.pragma('integrity_check', { simple: true })).toBe('ok');
  expect(driver.prepare('select id from workspaces').pluck().all()).toEqual([localWorkspace]);
  expect(driver.pragma('journal_mode', { simple: true })).toBe('wal');
  driver.close();
});

test('opening twice keeps what is there', async () => {
  const file = join(scratchFolder(), 'patchbay.db');
  const first = await openDatabase(file);
  const row = {
    id: newId('flow'),
    slug: 'a',
    name: 'A',
    nodeCount: 0,
    document: '{}',
    etag: 'e',
    publishedVersion: null,
    createdAt: 1,
    updatedAt: 1,
  };
  await first.flows.create(localWorkspace, row);
  await first.close();
  const second = await openDatabase(file);
  expect(await second.flows.read(localWorkspace, row.id)).toMatchObject({ slug: 'a' });
  await second.close();
});

/** A file as it was after so many migrations, with these rows. */
function fileAsOf(count: number, rows: string): string {
  const file = join(scratchFolder(), 'patchbay.db');
  const folder = fileURLToPath(new URL('../drizzle', import.meta.url));
  const driver = new Driver(file);
  driver.exec('create table __drizzle_migrations (id integer primary key, hash text not null, created_at numeric)');
  for (const { sql, hash, folderMillis } of readMigrationFiles({ migrationsFolder: folder }).slice(0, count)) {
    for (const statement of sql) driver.exec(statement);
    driver.prepare('insert into __drizzle_migrations (hash, created_at) values (?, ?)').run(hash, folderMillis);
  }
  driver.exec(rows);
  driver.close();
  return file;
}

test('addresses and keys of an older file come to mean the flows they named', async () => {
  const file = fileAsOf(
    1,
    `
    insert into workspaces values ('${localWorkspace}', 'Local', 1);
    insert into flows values ('${localWorkspace}', 'flow_1', 'mail', 'Mail', 0, '{}', 'e', null, 1, 1);
    insert into api_keys values ('${localWorkspace}', 'key_1', 'some', 'a', '', '["run"]', '["mail","gone"]', 1, null, null);
    insert into api_keys values ('${localWorkspace}', 'key_2', 'none', 'b', '', '["run"]', '["gone"]', 1, null, null);
    insert into api_keys values ('${localWorkspace}', 'key_3', 'all', 'c', '', '["run"]', null, 1, null, null);`,
  );
  const database = await openDatabase(file);
  expect(await database.flows.findBySlug('mail')).toEqual({ workspaceId: localWorkspace, id: 'flow_1' });
  const keys = await database.keys.list(localWorkspace);
  expect(keys.map(({ id, flows }) => [id, flows])).toEqual([
    ['key_3', null],
    ['key_2', '[]'],
    ['key_1', '["flow_1"]'],
  ]);
  await database.close();
});

test('connections of an older file stay for everyone, and a run that was accepted keeps the right of its owner', async () => {
  const run = (id: string) => `insert into runs values ('${localWorkspace}', '${id}', 'f', 'F', 1, 'api', 'queued', 1, 0, 0, '{}', '{}');`;
  const queued = (id: string, key: string) =>
    `insert into run_queue (workspace_id, run_id, attempt, locale, key_id) values ('${localWorkspace}', '${id}', 0, 'en', ${key});`;
  const file = fileAsOf(
    12,
    `insert into workspaces (id, name, created_at) values ('${localWorkspace}', 'Local', 1);
     insert into credentials (workspace_id, id, kind, name, title, origin, version, created_at, changed_at)
       values ('${localWorkspace}', 'cred_1', 'secret', 'crm', 'CRM', 'https://crm.example', 1, 1, 1);
     ${run('run_1')} ${queued('run_1', 'null')} ${run('run_2')} ${queued('run_2', "'key_1'")}`,
  );
  const database = await openDatabase(file);
  expect(await database.credentials.read(localWorkspace, 'cred_1')).toMatchObject({ usableBy: 'everyone' });
  expect(await database.journal.read(localWorkspace, 'run_1')).toMatchObject({ manages: true });
  expect(await database.journal.read(localWorkspace, 'run_2')).toMatchObject({ manages: false });
  await database.close();
});

test('two programs may open one fresh file at the same time', async () => {
  const file = join(scratchFolder(), 'patchbay.db');
  const opened = await Promise.all([openDatabase(file), openDatabase(file)]);
  for (const database of opened) await database.close();
});

test.each([
  ['text', () => Buffer.from('this is not a database at all, only text')],
  ['a broken header', () => Buffer.concat([Buffer.from('SQLite format 3\0'), Buffer.alloc(8_000, 7)])],
])('a file that is %s is refused and not touched', async (_name, content) => {
  const file = join(scratchFolder(), 'patchbay.db');
  writeFileSync(file, content());
  const before = hashOf(file);
  await expect(openDatabase(file)).rejects.toMatchObject({ reason: 'corrupt', message: expect.stringContaining('damaged') });
  expect(hashOf(file)).toBe(before);
});

test('damage in the middle of a real database is found', async () => {
  const file = join(scratchFolder(), 'patchbay.db');
  await (await openDatabase(file)).close();
  const bytes = readFileSync(file);
  bytes.fill(0xff, 4_096, 4_096 * 6);
  writeFileSync(file, bytes);
  const before = hashOf(file);
  await expect(openDatabase(file)).rejects.toMatchObject({ reason: 'corrupt' });
  expect(hashOf(file)).toBe(before);
});

test('a newer schema and a database of another program are refused and not touched', async () => {
  const folder = scratchFolder();
  const newer = join(folder, 'newer.db');
  await (await openDatabase(newer)).close();
  change(newer, "insert into __drizzle_migrations (hash, created_at) values ('from the future', 9999999999999)");
  const other = join(folder, 'other.db');
  change(other, 'create table songs (id integer)');
  for (const [file, reason] of [
    [newer, 'newer'],
    [other, 'unreadable'],
  ] as const) {
    const before = hashOf(file);
    await expect(openDatabase(file)).rejects.toMatchObject({ reason });
    expect(hashOf(file)).toBe(before);
  }
});

test('a data folder that cannot be made is a sentence', async () => {
  const folder = scratchFolder();
  writeFileSync(join(folder, 'file'), '');
  await expect(openDatabase(join(folder, 'file', 'patchbay.db'))).rejects.toMatchObject({
    reason: 'unreadable',
    message: expect.stringContaining('PATCHBAY_DATA'),
  });
});

test('a write that found no space is remembered until one goes through, which leaves nothing', async () => {
  const database = await scratchDatabase();
  const failing = attempt(() => {
    throw Object.assign(new Error('disk is full'), { code: 'SQLITE_FULL' });
  });
  await expect(failing).rejects.toMatchObject({ reason: 'full' });
  expect(spaceIsShort()).toBe(true);
  await database.ping();
  expect(spaceIsShort()).toBe(false);
  expect(await database.workspaces.readDefaultModel('ws_probe')).toBeNull();
});

function change(file: string, statement: string): void {
  const driver = new Driver(file);
  driver.exec(statement);
  driver.close();
}

test('what is asked of a store that is closed is told so', async () => {
  const db = await scratchDatabase();
  await db.close();
  const late = [
    db.flows.read('ws_local', 'flow_1'),
    db.files.total('ws_local'),
    db.workspaces.setDefaultModel('ws_local', null),
    db.ping(),
  ];
  for (const one of late) await expect(one).rejects.toMatchObject({ name: 'StorageError', reason: 'closed' });
});
