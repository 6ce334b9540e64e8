import { createHash } from 'node:crypto';
import { existsSync, readdirSync, readFileSync, statSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import Driver from 'better-sqlite3';
import { expect, test } from 'vitest';
import { copyDatabase } from './copy-database.ts';
import { openDatabase } from './database.ts';
import { describeFile } from './describe-file.ts';
import { checkUnused, replaceDatabase } from './replace-database.ts';
import { scratchFolder } from './testing.ts';
import { findUpgradeCopy, forgetOlder, forgetUnfinished } from './upgrade-copy.ts';

const hashOf = (file: string) => createHash('sha256').update(readFileSync(file)).digest('hex');

/** A database with this many rows; the connection stays open, as that of a server would. */
function numbers(file: string, count: number) {
  const driver = new Driver(file);
  driver.pragma('journal_mode = WAL');
  driver.exec('create table numbers (n integer primary key, filling text)');
  const insert = driver.prepare('insert into numbers (filling) values (?)');
  const add = driver.transaction((rows: number) => {
    for (let row = 0; row < rows; row += 1) insert.run('x'.repeat(500));
  });
  add(count);
  return { add, close: () => void driver.close() };
}

function countIn(file: string): unknown {
  const driver = new Driver(file, { readonly: true });
  try {
    expect(driver.pragma('integrity_check', { simple: true })).toBe('ok');
    return driver.prepare('select count(*) from numbers').pluck().get();
  } finally {
    driver.close();
  }
}

test('a copy holds what was there when it began, however much is written meanwhile, and is one file for its owner', async () => {
  const folder = scratchFolder();
  const source = numbers(join(folder, 'a.db'), 20_000);
  const seen: number[] = [];
  const target = join(folder, 'copies', 'b.db');
  await copyDatabase(join(folder, 'a.db'), target, {
    verify: true,
    onProgress: ({ copiedPages, totalPages }) => {
      seen.push(copiedPages / totalPages);
      source.add(100);
    },
  });
  expect(countIn(target)).toBe(20_000);
  expect(seen.length).toBeGreaterThan(1);
  expect(seen).toEqual([...seen].sort((a, b) => a - b));
  expect(readdirSync(dirname(target))).toEqual(['b.db']);
  expect(statSync(target).mode & 0o777).toBe(0o600);
  expect(countIn(join(folder, 'a.db'))).toBe(20_000 + seen.length * 100);
  source.close();
});

test('a file that is there stays unless it may be replaced', async () => {
  const folder = scratchFolder();
  numbers(join(folder, 'a.db'), 3).close();
  const target = join(folder, 'b.db');
  writeFileSync(target, 'mine');
  await expect(copyDatabase(join(folder, 'a.db'), target)).rejects.toMatchObject({
    reason: 'conflict',
    message: expect.stringContaining(target),
  });
  expect(readFileSync(target, 'utf8')).toBe('mine');
  await copyDatabase(join(folder, 'a.db'), target, { replace: true });
  expect(countIn(target)).toBe(3);
  expect(
    readdirSync(folder)
      .filter((name) => !/-(wal|shm)$/.test(name))
      .sort(),
  ).toEqual(['a.db', 'b.db']);
});

test('what cannot be copied is a sentence, and leaves nothing', async () => {
  const folder = scratchFolder();
  writeFileSync(join(folder, 'text.db'), 'this is no database, only some text that is long enough to be one');
  await expect(copyDatabase(join(folder, 'text.db'), join(folder, 'b.db'))).rejects.toMatchObject({
    reason: 'corrupt',
    message: expect.stringContaining('damaged'),
  });
  await expect(copyDatabase(join(folder, 'absent.db'), join(folder, 'b.db'))).rejects.toMatchObject({ reason: 'unreadable' });
  numbers(join(folder, 'a.db'), 20_000).close();
  const bytes = readFileSync(join(folder, 'a.db'));
  bytes.fill(0xff, 4_096 * 300, 4_096 * 310);
  writeFileSync(join(folder, 'a.db'), bytes);
  await expect(copyDatabase(join(folder, 'a.db'), join(folder, 'b.db'), { verify: true })).rejects.toMatchObject({ reason: 'corrupt' });
  expect(readdirSync(folder).sort()).toEqual(expect.not.arrayContaining(['b.db']));
  expect(readdirSync(folder).some((name) => name.includes('partial'))).toBe(false);
});

test('a database takes the place of another, which is kept; one that is in use keeps its place', () => {
  const folder = scratchFolder();
  const [file, next] = [join(folder, 'a.db'), join(folder, 'next.db')];
  const old = numbers(file, 3);
  numbers(next, 5).close();
  expect(() => checkUnused(file)).toThrow('in use');
  expect(() => replaceDatabase(next, file)).toThrow('in use');
  expect(countIn(file)).toBe(3);
  old.close();
  checkUnused(file);
  const before = replaceDatabase(next, file);
  expect(countIn(file)).toBe(5);
  expect(countIn(before ?? '')).toBe(3);
  expect(existsSync(next)).toBe(false);
});

test('a log that a killed process left goes with its database, not over the next one', () => {
  const folder = scratchFolder();
  const [file, next, killed] = [join(folder, 'a.db'), join(folder, 'next.db'), join(folder, 'killed.db')];
  const old = numbers(killed, 1_000);
  // As a process leaves it that is killed: the log is not in the file yet.
  for (const suffix of ['', '-wal', '-shm']) writeFileSync(`${file}${suffix}`, readFileSync(`${killed}${suffix}`));
  old.close();
  numbers(next, 5).close();
  const before = replaceDatabase(next, file);
  expect(countIn(file)).toBe(5);
  expect(countIn(before ?? '')).toBe(1_000);
});

test('a damaged file is replaced too, and no log of it is left beside the new one', () => {
  const folder = scratchFolder();
  const [file, next] = [join(folder, 'a.db'), join(folder, 'next.db')];
  writeFileSync(file, 'not a database '.repeat(1_000));
  writeFileSync(`${file}-wal`, 'not a log');
  numbers(next, 5).close();
  const before = replaceDatabase(next, file) ?? '';
  expect(existsSync(`${file}-wal`)).toBe(false);
  expect(countIn(file)).toBe(5);
  expect(readFileSync(before, 'utf8')).toContain('not a database');
});

test('a file is described without being changed', async () => {
  const file = join(scratchFolder(), 'patchbay.db');
  await (await openDatabase(file)).close();
  const before = hashOf(file);
  const described = describeFile(file);
  expect(described).toMatchObject({ flows: 0, runs: 0, masterKeyIds: [] });
  expect(described.applied).toBe(described.known);
  expect(hashOf(file)).toBe(before);
});

test('the copy to go back to is the newest that this version can use; of each kind a few are kept', () => {
  const folder = scratchFolder();
  const copies = join(folder, 'backups');
  const file = join(folder, 'patchbay.db');
  expect(findUpgradeCopy(file, 9)).toBeUndefined();
  const names = [
    'before-upgrade-schema-3-2026-01-01T00-00-00Z.db',
    'before-upgrade-schema-3-2026-02-01T00-00-00Z.db',
    'before-upgrade-schema-12-2026-03-01T00-00-00Z.db',
    'before-restore-2025-03-01T00-00-00Z.db',
    'my own notes.txt',
  ];
  replaceDatabase(join(folder, writeIn(folder, 'x')), file);
  replaceDatabase(join(folder, writeIn(folder, 'y')), file);
  for (const name of names) writeFileSync(join(copies, name), '');
  expect(findUpgradeCopy(file, 9)).toBe(join(copies, names[1] ?? ''));
  expect(findUpgradeCopy(file, 12)).toBe(join(copies, names[2] ?? ''));
  expect(findUpgradeCopy(file, 2)).toBeUndefined();
  forgetOlder(copies, 'before-upgrade-', 2);
  expect(readdirSync(copies)).toEqual(expect.arrayContaining(names.slice(1)));
  expect(readdirSync(copies)).not.toContain(names[0]);
});

function writeIn(folder: string, name: string): string {
  writeFileSync(join(folder, name), name);
  return name;
}

test('what a killed process began is deleted once nobody can be at it any more', () => {
  const folder = scratchFolder();
  for (const name of ['a.db.0123456789ab.partial', 'patchbay.db.0123456789ab.restoring', 'my.partial'])
    writeFileSync(join(folder, name), '');
  forgetUnfinished(folder, new Date());
  expect(readdirSync(folder)).toHaveLength(3);
  forgetUnfinished(folder, new Date(Date.now() + 2 * 3_600_000));
  expect(readdirSync(folder)).toEqual(['my.partial']);
});
