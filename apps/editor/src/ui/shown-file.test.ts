import { expect, test } from 'vitest';
import { filesIn, shownFile } from './shown-file.ts';

const id = `file_${'0'.repeat(26)}`;
const stored = { file: id, mediaType: 'audio/wav', size: 44, name: 'a.wav', url: `/v1/files/${id}` };
const inline = { mediaType: 'image/png', base64: 'AAAAAAAA' };

test('a stored file is read from where the owner may read it, whatever address the value names', () => {
  expect(shownFile({ ...stored, url: 'https://elsewhere.example/x' })).toEqual({
    url: `/api/files/${id}`,
    mediaType: 'audio/wav',
    name: 'a.wav',
    size: 44,
  });
  expect(shownFile({ file: id })).toEqual({ url: `/api/files/${id}`, mediaType: '', name: undefined, size: undefined });
  expect(shownFile(inline)).toEqual({ url: 'data:image/png;base64,AAAAAAAA', mediaType: 'image/png', name: undefined, size: 6 });
});

test('only what is files and nothing else is shown as files', () => {
  expect(filesIn([stored, inline])).toHaveLength(2);
  for (const value of [null, 'text', {}, [], [stored, 'text'], { file: '../x' }, { mediaType: 'image/png' }])
    expect(filesIn(value)).toEqual([]);
});
