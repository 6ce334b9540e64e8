import { soundSeconds } from '@patchbay/models';
import { expect, test } from 'vitest';
import { silence } from './silence.ts';
import { sniff } from './sniff.ts';

test.each([0.5, 1, 60, 3_600])('%d seconds are a sound of that length', (seconds) => {
  const base64 = silence(seconds);
  expect(sniff(Buffer.from(base64, 'base64'))).toBe('audio/wav');
  expect(soundSeconds({ base64 })).toBeCloseTo(seconds, 1);
});

test('none at all is still a file', () => expect(sniff(Buffer.from(silence(0), 'base64'))).toBe('audio/wav'));
