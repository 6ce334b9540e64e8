import { expect, test } from 'vitest';
import { localWorkspace } from '../database.ts';
import { scratchDatabase } from '../testing.ts';
import { keptMs } from './memory.ts';

const dayMs = 24 * 60 * 60 * 1000;

test('what is remembered is recalled in order, by kind, and only in its workspace', async () => {
  const { memory } = await scratchDatabase();
  await memory.remember(
    localWorkspace,
    'translation',
    [
      { hash: 'a', value: 'eins' },
      { hash: 'b', value: 'zwei' },
    ],
    1,
  );
  await memory.remember(localWorkspace, 'translation', [{ hash: 'b', value: 'ZWEI' }], 2);
  expect(await memory.recall(localWorkspace, 'translation', ['b', 'x', 'a', 'b'], 3)).toEqual(['ZWEI', undefined, 'eins', 'ZWEI']);
  expect(await memory.recall(localWorkspace, 'other', ['a'], 3)).toEqual([undefined]);
  expect(await memory.recall('ws_other', 'translation', ['a'], 3)).toEqual([undefined]);
  expect(await memory.recall(localWorkspace, 'translation', [], 3)).toEqual([]);
});

test('thousands are recalled at once', async () => {
  const { memory } = await scratchDatabase();
  const entries = Array.from({ length: 1_234 }, (_, index) => ({ hash: `h${index}`, value: `${index}` }));
  await memory.remember(localWorkspace, 'translation', entries, 1);
  const found = await memory.recall(
    localWorkspace,
    'translation',
    entries.map(({ hash }) => hash),
    2,
  );
  expect(found).toEqual(entries.map(({ value }) => value));
});

test('what is not used for three months is forgotten, what is used stays', async () => {
  const { memory } = await scratchDatabase();
  const remember = (hash: string, now: number) => memory.remember(localWorkspace, 't', [{ hash, value: hash }], now);
  await remember('used', 0);
  await remember('unused', 0);
  await memory.recall(localWorkspace, 't', ['used'], 2 * dayMs);
  await remember('new', keptMs + dayMs);
  expect(await memory.recall(localWorkspace, 't', ['used', 'unused', 'new'], keptMs + dayMs)).toEqual(['used', undefined, 'new']);
});
