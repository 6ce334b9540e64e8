import { expect, test } from 'vitest';
import { localWorkspace } from '../database.ts';
import { scratchDatabase } from '../testing.ts';

const row = { id: 'file_a', hash: 'h', mediaType: 'text/plain', name: 'a.txt', size: 3, createdAt: 1, usedAt: 1 };

test('the same content under the same name is one file', async () => {
  const { files } = await scratchDatabase();
  expect(await files.findOrCreate(localWorkspace, row)).toEqual({ ...row, workspaceId: localWorkspace });
  const again = await files.findOrCreate(localWorkspace, { ...row, id: 'file_b', createdAt: 5, usedAt: 5 });
  expect(again).toEqual({ ...row, workspaceId: localWorkspace, usedAt: 5 });
  expect((await files.findOrCreate(localWorkspace, { ...row, id: 'file_c', name: '' })).id).toBe('file_c');
  expect(await files.total(localWorkspace)).toBe(6);
});

test('files belong to their workspace', async () => {
  const { files } = await scratchDatabase();
  await files.findOrCreate(localWorkspace, row);
  expect(await files.read('ws_other', 'file_a')).toBeUndefined();
  await files.delete('ws_other', 'file_a');
  await files.touch('ws_other', 'file_a', 99);
  expect(await files.read(localWorkspace, 'file_a')).toMatchObject({ usedAt: 1 });
  expect(await files.total('ws_other')).toBe(0);
  await expect(files.findOrCreate('ws_nobody', { ...row, id: 'file_x' })).rejects.toThrow();
});

test('what nobody used is found, the oldest first', async () => {
  const { files } = await scratchDatabase();
  for (const [id, usedAt] of [
    ['file_c', 30],
    ['file_a', 10],
    ['file_b', 20],
  ] as const) {
    await files.findOrCreate(localWorkspace, { ...row, id, hash: id, usedAt });
  }
  expect(await files.listUnused(localWorkspace, 30, 10)).toEqual(['file_a', 'file_b']);
  expect(await files.listUnused(localWorkspace, 30, 1)).toEqual(['file_a']);
  await files.touch(localWorkspace, 'file_a', 40);
  await files.delete(localWorkspace, 'file_b');
  expect(await files.listUnused(localWorkspace, 100, 10)).toEqual(['file_c', 'file_a']);
});
