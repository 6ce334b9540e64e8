import { createHash } from 'node:crypto';
import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import Driver from 'better-sqlite3';
import { expect, test } from 'vitest';
import { scratchFolder } from '../test-server.ts';
import { runCommand } from './crash/command.ts';
import { makeOlderStore } from './crash/older-store.ts';

const hashOf = (file: string) => createHash('sha256').update(readFileSync(file)).digest('hex');

function change(file: string, statement: string): void {
  const driver = new Driver(file);
  driver.exec(statement);
  driver.close();
}

const usable = (file: string): void => makeOlderStore(join(file, '..'), { migrations: 3, flows: 200 });

const files: [name: string, make: (file: string) => void, sentence: string][] = [
  ['text', (file) => writeFileSync(file, 'a shopping list'), 'it is not an SQLite database'],
  [
    'a database whose header is broken',
    (file) => writeFileSync(file, Buffer.concat([Buffer.from('SQLite format 3\0'), Buffer.alloc(9_000, 7)])),
    'is damaged',
  ],
  [
    'a database with a damaged page',
    (file) => {
      usable(file);
      const bytes = readFileSync(file);
      bytes.fill(0xff, 4_096 * 2, 4_096 * 8);
      writeFileSync(file, bytes);
    },
    'is damaged',
  ],
  [
    'a database cut short',
    (file) => {
      usable(file);
      const bytes = readFileSync(file);
      writeFileSync(file, bytes.subarray(0, Math.floor(bytes.length / 2)));
    },
    'is damaged',
  ],
  [
    'of a newer version',
    (file) => {
      usable(file);
      change(file, "insert into __drizzle_migrations (hash, created_at) values ('of a later version', 9e15)");
    },
    'was written by a newer version of Patchbay',
  ],
  ['of another program', (file) => change(file, 'create table songs (id integer)'), 'is a database of another program'],
];

test.each(files)(
  'a file that is %s stops the start with a sentence, and is not touched',
  { timeout: 120_000 },
  async (_name, make, sentence) => {
    const dataFolder = scratchFolder();
    const file = join(dataFolder, 'patchbay.db');
    make(file);
    const hash = hashOf(file);
    const { code, stdout, stderr } = await runCommand(['start'], { PATCHBAY_DATA: dataFolder, PORT: '0' });
    expect(code).toBe(1);
    expect(stdout).toBe('');
    expect(stderr).toContain(sentence);
    expect(stderr).toContain(file);
    expect(stderr.trim().split('\n')).toHaveLength(1);
    expect(hashOf(file)).toBe(hash);
  },
);
