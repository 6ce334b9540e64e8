import { expect, test } from 'vitest';
import { describeFailure } from './failure.ts';
import { fileWords } from './file-words.ts';
import { fileValue, isFileId, isFileValue, isInlineFile } from './media-value.ts';
import { valueFault } from './value.ts';

const id = `file_${'9'.repeat(26)}`;

test('a stored file as a value names itself, and fits the ports for its kind', () => {
  const value = { ...fileValue({ id, mediaType: 'image/png', size: 3, name: 'a.png' }) };
  expect(value).toEqual({ file: id, mediaType: 'image/png', size: 3, name: 'a.png', url: `/v1/files/${id}` });
  expect(isFileValue(value)).toBe(true);
  expect([valueFault('image', value), valueFault('file', value), valueFault('audio', value)?.reason]).toEqual([
    undefined,
    undefined,
    'bad_media',
  ]);
  expect(fileValue({ id, mediaType: 'text/plain', size: 0, name: null })).not.toHaveProperty('name');
});

test('ids have one form, and what only looks like a file is none', () => {
  for (const text of ['', 'file_', `${id}0`, `../${id}`, `${id}\n`, 7, null]) expect(isFileId(text)).toBe(false);
  for (const value of ['text', null, [], {}, { file: 'x' }]) expect(isFileValue(value)).toBe(false);
  expect(isInlineFile({ mediaType: 'a/b', base64: '' })).toBe(true);
  expect(isInlineFile({ mediaType: 'a/b' })).toBe(false);
});

test.each(Object.keys(fileWords))('%s reads in both languages with its parameters filled in', (reason) => {
  const params = { limit: 25, days: 30, seconds: 60, mediaType: 'image/gif' };
  for (const locale of ['en', 'zh-Hans'] as const) {
    const { message, fix = '' } = describeFailure({ class: 'invalid_input', reason, params }, locale);
    expect(message + fix).not.toContain('{');
    expect(/\p{Script=Han}/u.test(message)).toBe(locale === 'zh-Hans');
  }
});
