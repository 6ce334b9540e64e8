import type { FileInfo, Json } from '@patchbay/node-kit';
import { fileLimitBytes } from '@patchbay/node-kit';
import { expect, test } from 'vitest';
import type { FileStore } from './file-store.ts';
import { filesOfStep } from './files-of-step.ts';

const idOf = (digit: number): string => `file_${String(digit).repeat(26)}`;
const base64 = (text: string): string => Buffer.from(text, 'latin1').toString('base64');
const png = '\x89PNG\r\n\x1a\n';
const signal = new AbortController().signal;

/** A store in memory that keeps whose a file is. */
function memoryStore(): FileStore {
  const kept = new Map<string, { info: FileInfo; bytes: Uint8Array }>();
  return {
    keptDays: 7,
    look: async (workspace, id) => kept.get(`${workspace}/${id}`)?.info,
    read: async (workspace, id) => kept.get(`${workspace}/${id}`),
    save: async (workspace, { bytes, mediaType = '', name = null }) => {
      const info: FileInfo = { id: idOf(kept.size), mediaType, size: bytes.length, name };
      kept.set(`${workspace}/${info.id}`, { info, bytes });
      return info;
    },
  };
}

test('what a step saves is a reference, which another step of the workspace opens, and no other', async () => {
  const store = memoryStore();
  const files = filesOfStep({ signal }, store, 'ours');
  const value = await files.save({ mediaType: 'image/png', base64: base64(png), name: 'a.png' });
  expect(value).toEqual({ file: idOf(0), mediaType: 'image/png', size: 8, name: 'a.png', url: `/v1/files/${idOf(0)}` });
  expect(await files.open(value, 'image')).toEqual({ type: 'media', mediaType: 'image/png', base64: base64(png), name: 'a.png' });
  await expect(filesOfStep({ signal }, store, 'theirs').open(value)).rejects.toMatchObject({ reason: 'file_gone', params: { days: 7 } });
  await expect(filesOfStep({ signal }, undefined, '').open(value)).rejects.toMatchObject({ reason: 'file_gone' });
});

test('without a store a file travels with its content', async () => {
  const files = filesOfStep({ signal }, undefined, '');
  const value = await files.save({ mediaType: 'text/plain', base64: base64('Hello') });
  expect(value).toEqual({ mediaType: 'text/plain', base64: base64('Hello') });
  expect(await files.text(value)).toEqual({ text: 'Hello', pages: ['Hello'], kind: 'text' });
});

test('content is what its bytes are, whatever is said of it', async () => {
  const files = filesOfStep({ signal }, undefined, '');
  expect((await files.open({ mediaType: 'text/html', base64: base64(png) })).mediaType).toBe('image/png');
  await expect(files.open({ mediaType: 'image/png', base64: base64('no image') }, 'image')).rejects.toMatchObject({
    errorClass: 'invalid_input',
    reason: 'file_not_image',
    params: { mediaType: 'text/plain' },
  });
});

test.each<[Json, string]>([
  ['text', 'not_a_file'],
  [null, 'not_a_file'],
  [{ file: '../x' }, 'not_a_file'],
  [[{ mediaType: 'text/plain', base64: '' }], 'not_a_file'],
  [{ mediaType: 'image/png', base64: base64(png) }, 'file_kind'],
])('%j has no text', async (value, reason) => {
  await expect(filesOfStep({ signal }, undefined, '').text(value)).rejects.toMatchObject({ errorClass: 'invalid_input', reason });
});

test('a file beyond the limit, and a store that is full', async () => {
  const large = { mediaType: 'text/plain', base64: 'A'.repeat(Math.ceil((fileLimitBytes + 3) / 3) * 4) };
  await expect(filesOfStep({ signal }, undefined, '').open(large)).rejects.toMatchObject({ reason: 'file_too_big', params: { limit: 25 } });
  const full: FileStore = { ...memoryStore(), save: () => Promise.reject(new Error('full')) };
  await expect(filesOfStep({ signal }, full, 'ours').save({ mediaType: 'text/plain', base64: '' })).rejects.toMatchObject({
    reason: 'file_not_kept',
  });
});
