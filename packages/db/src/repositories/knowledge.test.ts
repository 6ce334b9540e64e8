import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import Driver from 'better-sqlite3';
import { expect, onTestFinished, test } from 'vitest';
import { type Database, localWorkspace, openDatabase } from '../database.ts';
import { scratchDatabase, scratchFolder } from '../testing.ts';
import type { NewPassage } from './passages.ts';

const other = 'ws_other';

const passage = (position: number, ...words: string[]): NewPassage => ({
  position,
  headings: ['Care', 'Filter'],
  page: null,
  start: position * 10,
  text: words.join(' '),
  words: { head: ['care'], body: words },
});

async function fill({ knowledge, passages }: Database, base = 'kb_1', document = 'doc_1', embedding: string | null = null) {
  await knowledge.createBase(localWorkspace, { id: base, name: base, embedding, createdAt: 1 });
  await knowledge.addDocument(localWorkspace, {
    id: document,
    baseId: base,
    name: 'a.md',
    kind: 'markdown',
    createdAt: 1,
    source: Buffer.from('file'),
  });
  await passages.add(localWorkspace, document, [
    passage(0, 'wash', 'filter'),
    passage(1, 'filter', 'dry', 'filter'),
    passage(2, 'battery'),
  ]);
  await knowledge.changeDocument(localWorkspace, document, { passages: 3 });
}

test('passages are found by their words, those that say most of them first', async () => {
  const db = await scratchDatabase();
  await fill(db);
  const texts = async (...words: string[]) => {
    const ids = await db.passages.findByWords(localWorkspace, 'kb_1', words, 10);
    const rows = await db.passages.read(localWorkspace, ids);
    return ids.map((id) => rows.find((row) => row.id === id)?.text);
  };
  expect(await texts('wash', 'filter')).toEqual(['wash filter', 'filter dry filter']);
  expect(await texts('battery')).toEqual(['battery']);
  expect(await texts('care')).toHaveLength(3);
  expect(await texts('nothing')).toEqual([]);
  expect(await texts()).toEqual([]);
  expect(await db.passages.countWords(localWorkspace, 'kb_1', ['filter', 'battery', 'x'])).toEqual(
    new Map([
      ['filter', 2],
      ['battery', 1],
      ['x', 0],
    ]),
  );
  const [row] = await db.passages.read(localWorkspace, await db.passages.findByWords(localWorkspace, 'kb_1', ['battery'], 1));
  expect(row).toMatchObject({
    baseId: 'kb_1',
    documentId: 'doc_1',
    document: 'a.md',
    headings: ['Care', 'Filter'],
    position: 2,
    start: 20,
  });
});

test('bases share no words, and another workspace sees nothing and changes nothing', async () => {
  const db = await scratchDatabase();
  await fill(db);
  await fill(db, 'kb_2', 'doc_2');
  await db.passages.clear(localWorkspace, 'doc_2');
  expect(await db.passages.findByWords(localWorkspace, 'kb_2', ['filter'], 10)).toEqual([]);
  expect(await db.passages.countWords(localWorkspace, 'kb_1', ['filter'])).toEqual(new Map([['filter', 2]]));
  const { knowledge, passages } = db;
  const ids = await passages.findByWords(localWorkspace, 'kb_1', ['filter'], 10);
  expect(await passages.findByWords(other, 'kb_1', ['filter'], 10)).toEqual([]);
  expect(await passages.countWords(other, 'kb_1', ['filter'])).toEqual(new Map());
  expect(await passages.read(other, ids)).toEqual([]);
  expect(await passages.withoutVector(other, 'doc_1', 10)).toEqual([]);
  expect(await passages.add(other, 'doc_1', [passage(9, 'x')])).toBe(false);
  expect(await knowledge.listBases(other)).toEqual([]);
  expect(await knowledge.readBase(other, 'kb_1')).toBeUndefined();
  expect(await knowledge.listDocuments(other, 'kb_1')).toEqual([]);
  expect(await knowledge.readDocument(other, 'doc_1')).toBeUndefined();
  expect(await knowledge.readSource(other, 'doc_1')).toBeNull();
  expect(await knowledge.renameBase(other, 'kb_1', 'x')).toBe(false);
  expect(await knowledge.setEmbedding(other, 'kb_1', 'a/b')).toBe(false);
  expect(await knowledge.changeDocument(other, 'doc_1', { status: 'failed' })).toBe(false);
  expect(await knowledge.deleteDocument(other, 'doc_1')).toBe(false);
  expect(await knowledge.deleteBase(other, 'kb_1')).toBe(false);
  await passages.clear(other, 'doc_1');
  await knowledge.finishReading(other, 'doc_1');
  const foreign = { id: 'doc_3', baseId: 'kb_1', name: 'x', kind: 'text', createdAt: 1, source: Buffer.from('x') };
  expect(await knowledge.addDocument(other, foreign)).toBe(false);
  expect(await knowledge.readDocument(localWorkspace, 'doc_1')).toMatchObject({ status: 'waiting', passages: 3, isRead: false, size: 4 });
  expect(await knowledge.listBases(localWorkspace)).toMatchObject([
    { id: 'kb_1', documents: 1, passages: 3 },
    { id: 'kb_2', documents: 1 },
  ]);
});

test('vectors are compared in slices, only those of the same length, and only with the model they are of', async () => {
  const db = await scratchDatabase();
  await fill(db, 'kb_1', 'doc_1', 'a/b');
  const { knowledge, passages } = db;
  const rows = await passages.withoutVector(localWorkspace, 'doc_1', 2);
  expect(rows.map(({ text }) => text)).toEqual(['wash filter', 'filter dry filter']);
  const [first = 0, second = 0] = rows.map(({ id }) => id);
  const keep = (model: string, ...vectors: { id: number; vector: number[] }[]) =>
    passages.keepVectors(localWorkspace, 'kb_1', model, vectors);
  expect(await keep('a/old', { id: first, vector: [1, 0] })).toBe(false);
  expect(await keep('a/b', { id: first, vector: [3, 0] }, { id: second, vector: [1, 1, 1] }, { id: 999, vector: [1, 0] })).toBe(true);
  expect(await passages.countVectors(localWorkspace, 'doc_1')).toBe(2);
  const compare = (vector: number[], after = -1, workspace = localWorkspace) =>
    passages.compareVectors(workspace, 'kb_1', vector, { after, limit: 1 });
  expect(await compare([1, 0])).toEqual([{ id: first, likeness: 1 }]);
  expect((await compare([1, 1]))[0]?.likeness).toBeCloseTo(Math.SQRT1_2);
  expect(await compare([1, 0], first)).toEqual([{ id: second, likeness: -1 }]);
  expect(await compare([1, 0], second)).toEqual([]);
  expect(await compare([1, 0], -1, other)).toEqual([]);
  await knowledge.finishReading(localWorkspace, 'doc_1');
  expect(await knowledge.nextDocuments()).toEqual([{ workspaceId: localWorkspace, id: 'doc_1' }]);
  await knowledge.finishEmbedding(localWorkspace, 'doc_1', 'a/old');
  expect((await knowledge.readDocument(localWorkspace, 'doc_1'))?.status).toBe('embedding');
  await knowledge.finishEmbedding(localWorkspace, 'doc_1', 'a/b');
  expect(await knowledge.readDocument(localWorkspace, 'doc_1')).toMatchObject({ status: 'ready', isRead: true });
  expect(await knowledge.nextDocuments()).toEqual([]);
  await knowledge.setEmbedding(localWorkspace, 'kb_1', 'c/d');
  expect((await knowledge.readDocument(localWorkspace, 'doc_1'))?.status).toBe('embedding');
  expect(await passages.countVectors(localWorkspace, 'doc_1')).toBe(0);
});

test.each([
  ['the document', (db: Database) => db.knowledge.deleteDocument(localWorkspace, 'doc_1')],
  ['its base', (db: Database) => db.knowledge.deleteBase(localWorkspace, 'kb_1')],
])('deleting %s takes rows, words and vectors out of the file', async (_, remove) => {
  const file = join(scratchFolder(), 'patchbay.db');
  const db = await openDatabase(file);
  await fill(db, 'kb_1', 'doc_1', 'a/b');
  await db.passages.add(localWorkspace, 'doc_1', [passage(3, 'quokkamarker', '短尾矮袋鼠')]);
  const [row] = await db.passages.withoutVector(localWorkspace, 'doc_1', 1);
  await db.passages.keepVectors(localWorkspace, 'kb_1', 'a/b', [{ id: row?.id ?? 0, vector: [1, 2] }]);
  expect(await remove(db)).toBe(true);
  await db.passages.tidy(new AbortController().signal);
  await db.close();
  const driver = new Driver(file);
  onTestFinished(() => void driver.close());
  const count = (table: string) => driver.prepare(`select count(*) from ${table}`).pluck().get();
  for (const table of [
    'knowledge_documents',
    'knowledge_passages',
    'knowledge_vectors',
    'knowledge_words',
    'knowledge_words_content',
    'knowledge_terms',
  ])
    expect(count(table), table).toBe(0);
  driver.exec('vacuum');
  driver.pragma('wal_checkpoint(truncate)');
  for (const word of ['quokkamarker', '短尾矮袋鼠']) expect(readFileSync(file).includes(word)).toBe(false);
});

test('a workspace that goes takes its documents with it, words included', async () => {
  const file = join(scratchFolder(), 'patchbay.db');
  const db = await openDatabase(file);
  await fill(db);
  await db.close();
  const driver = new Driver(file);
  onTestFinished(() => void driver.close());
  driver.pragma('foreign_keys = ON');
  driver.prepare('delete from workspaces').run();
  expect(driver.prepare('select count(*) from knowledge_words').pluck().get()).toBe(0);
  expect(driver.pragma('integrity_check', { simple: true })).toBe('ok');
});
