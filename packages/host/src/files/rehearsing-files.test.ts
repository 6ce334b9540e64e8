import { soundSeconds } from '@patchbay/models';
import { expect, test } from 'vitest';
import { filesOfStep } from './files-of-step.ts';
import { rehearsingFiles } from './rehearsing-files.ts';

const files = rehearsingFiles(filesOfStep({ signal: new AbortController().signal }, undefined, ''));

test('what is there is read; for what is not, something of its kind stands in', async () => {
  const value = { mediaType: 'text/plain', base64: btoa('Hello') };
  expect((await files.text(value)).text).toBe('Hello');
  expect((await files.text({ file: `file_${'0'.repeat(26)}` })).text.length).toBeGreaterThan(1_000);
  expect(await files.open('nothing', 'image')).toEqual({ type: 'media', mediaType: 'image/octet-stream', base64: '' });
  const sound = await files.open('nothing', 'audio');
  expect(sound.mediaType).toBe('audio/wav');
  expect(soundSeconds(sound)).toBe(60);
  expect(await files.save({ mediaType: 'image/png', base64: 'AAAA', name: 'a' })).toEqual({
    mediaType: 'image/png',
    base64: 'AAAA',
    name: 'a',
  });
});
