import { createHash } from 'node:crypto';
import { cpSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { createRandom } from '@patchbay/testing';
import Driver from 'better-sqlite3';
import { expect, onTestFinished, test } from 'vitest';
import { scratchFolder } from '../test-server.ts';
import { pause } from './crash/client.ts';
import { commandHere, startCommand } from './crash/command.ts';
import { makeOlderStore, migrationCount, olderSlug } from './crash/older-store.ts';
import { ownerAt } from './crash/owner.ts';
import { startServer } from './crash/server-process.ts';

/** `pnpm test:crash --upgraded 10000` upgrades that many flows. */
const flows = Number(process.env['PATCHBAY_CRASH_UPGRADED'] ?? 2_000);
const kills = Number(process.env['PATCHBAY_CRASH_KILLS'] ?? 3);

const hashOf = (file: string) => createHash('sha256').update(readFileSync(file)).digest('hex');

interface Held {
  migrations: number;
  flows: number;
  /** Of all flows with what belongs to them, in the columns that every schema has. */
  mark: string;
}

/** What the file holds, read while nobody has it. */
function held(file: string): Held {
  const driver = new Driver(file);
  try {
    expect(driver.pragma('integrity_check', { simple: true })).toBe('ok');
    expect(driver.pragma('foreign_key_check')).toEqual([]);
    const all = driver
      .prepare<[], Record<string, unknown>>(
        `select f.id, f.slug, f.name, f.document, f.etag, f.published_version, v.document as version, v.hash, r.id as run, r.status
         from flows f join versions v on v.flow_id = f.id join runs r on r.flow_id = f.id order by f.id`,
      )
      .all();
    return {
      migrations: Number(driver.prepare('select count(*) from __drizzle_migrations').pluck().get()),
      flows: all.length,
      mark: createHash('sha256').update(JSON.stringify(all)).digest('hex'),
    };
  } finally {
    driver.close();
  }
}

const copiesIn = (dataFolder: string): string[] =>
  readdirSync(join(dataFolder, 'backups')).filter((name) => /^before-upgrade-schema-\d+-\d{4}-\d\d-\d\dT\d\d-\d\d-\d\dZ\.db$/.test(name));

test(`an upgrade from the first schema keeps ${flows} flows, takes a copy first, and can be gone back from`, {
  timeout: 300_000,
}, async () => {
  const dataFolder = scratchFolder();
  const file = join(dataFolder, 'patchbay.db');
  makeOlderStore(dataFolder, { migrations: 1, flows });
  const before = held(file);
  expect(before).toMatchObject({ migrations: 1, flows });

  const server = await startServer(dataFolder, {});
  onTestFinished(() => server.signal('SIGKILL'));
  const owner = await ownerAt(server.url);
  const listed = (await owner.done('GET', '/api/flows')).flows as { slug: string }[];
  expect(new Set(listed.map(({ slug }) => slug))).toEqual(new Set(Array.from({ length: flows }, (_, at) => olderSlug(at))));
  const key = (await owner.done('POST', '/api/keys', { name: 'test', scopes: ['run'] })).key;
  const answer = await owner.done(
    'POST',
    `/v1/flows/${olderSlug(7)}/runs`,
    { inputs: { name: 'Ada' } },
    { authorization: `Bearer ${key}` },
  );
  expect(answer.outputs).toEqual({ greeting: 'Hello Ada!' });
  await owner.done('DELETE', `/api/flows/${(listed[0] as { id?: string }).id}`);
  server.signal('SIGTERM');
  expect(await server.exited).toBe(0);

  const copies = copiesIn(dataFolder);
  expect(copies).toEqual([expect.stringContaining('schema-1-')]);
  expect(held(join(dataFolder, 'backups', copies[0] ?? ''))).toEqual(before);
  // The copy is data like any other: restored, it is brought up to date.
  const restored = await commandHere(['restore', join(dataFolder, 'backups', copies[0] ?? ''), '--data', dataFolder, '--force']);
  expect(restored.code).toBe(0);
  expect(held(file)).toEqual({ ...before, migrations: migrationCount });
});

test('a former version refuses the file of a later one, says which copy it can use, and changes nothing', async () => {
  const dataFolder = scratchFolder();
  const file = join(dataFolder, 'patchbay.db');
  makeOlderStore(dataFolder, { migrations: migrationCount - 1, flows: 3 });
  expect((await commandHere(['keys', 'create', '--name', 'a', '--scope', 'run'], { PATCHBAY_DATA: dataFolder })).code).toBe(0);
  const copy = join(dataFolder, 'backups', copiesIn(dataFolder)[0] ?? '');
  // As a version after ours would leave it.
  const driver = new Driver(file);
  driver.exec("insert into __drizzle_migrations (hash, created_at) values ('of a later version', 9e15)");
  driver.close();
  const hash = hashOf(file);
  const refused = await commandHere(['start'], { PATCHBAY_DATA: dataFolder, PORT: '0' });
  expect(refused).toMatchObject({ code: 1, stderr: expect.stringContaining('newer version') });
  expect(refused.stderr).toContain(`patchbay restore ${copy} --data ${dataFolder} --force`);
  expect(hashOf(file)).toBe(hash);
  expect((await commandHere(['restore', copy, '--data', dataFolder, '--force'])).code).toBe(0);
  expect(held(file)).toMatchObject({ flows: 3, migrations: migrationCount });
});

test('copies of the last upgrades are kept, and a fresh start takes none', async () => {
  const dataFolder = scratchFolder();
  const opens = async (): Promise<void> => {
    expect((await commandHere(['keys', 'create', '--name', 'a', '--scope', 'run'], { PATCHBAY_DATA: dataFolder })).code).toBe(0);
  };
  await opens();
  expect(readdirSync(dataFolder)).not.toContain('backups');
  for (let migrations = 1; migrations < migrationCount; migrations += 1) {
    const older = scratchFolder();
    makeOlderStore(older, { migrations, flows: 1 });
    for (const suffix of ['-wal', '-shm']) rmSync(join(dataFolder, `patchbay.db${suffix}`), { force: true });
    cpSync(join(older, 'patchbay.db'), join(dataFolder, 'patchbay.db'));
    await opens();
  }
  expect(copiesIn(dataFolder).length).toBeLessThanOrEqual(3);
  expect(copiesIn(dataFolder).some((name) => name.includes(`schema-${migrationCount - 1}-`))).toBe(true);
});

test(`an upgrade that is killed ${kills} times leaves the old data or the new, and the next start ends it`, {
  timeout: 300_000 + kills * 60_000,
}, async () => {
  const older = scratchFolder();
  makeOlderStore(older, { migrations: 1, flows });
  const before = held(join(older, 'patchbay.db'));
  const random = createRandom(Number(process.env['PATCHBAY_CRASH_SEED'] ?? 7));
  const upgrade = (dataFolder: string) => startCommand(['keys', 'create', '--name', 'a', '--scope', 'run'], { PATCHBAY_DATA: dataFolder });
  const dataFolder = scratchFolder();
  const put = (): void => {
    for (const suffix of ['-wal', '-shm']) rmSync(join(dataFolder, `patchbay.db${suffix}`), { force: true });
    cpSync(join(older, 'patchbay.db'), join(dataFolder, 'patchbay.db'));
  };
  put();
  const from = performance.now();
  expect((await upgrade(dataFolder).ended).code).toBe(0);
  const whole = performance.now() - from;
  for (let kill = 0; kill < kills; kill += 1) {
    put();
    const upgrading = upgrade(dataFolder);
    // Most of the time is the start of the program.
    await pause(whole * (0.5 + random() * 0.6));
    upgrading.kill();
    await upgrading.ended;
    const found = held(join(dataFolder, 'patchbay.db'));
    expect(found).toMatchObject({ flows, mark: before.mark });
    expect([1, migrationCount]).toContain(found.migrations);
  }
  expect((await upgrade(dataFolder).ended).code).toBe(0);
  expect(held(join(dataFolder, 'patchbay.db'))).toEqual({ ...before, migrations: migrationCount });
});
