import { expect, test } from 'vitest';
import { base64Of } from './base64.ts';
import { soundSeconds, spokenSeconds } from './sound.ts';

const letters = (text: string): number[] => [...text].map((one) => one.charCodeAt(0));
const long = (value: number): number[] => [value & 255, (value >> 8) & 255, (value >> 16) & 255, value >> 24];
/** As a recorder writes it: 16 bits, mono, its length perhaps unknown when the head was written. */
const wav = (rate: number, bytes: number, before: number[] = []): Uint8Array => {
  const format = [...letters('fmt '), ...long(16), 1, 0, 1, 0, ...long(rate), ...long(rate * 2), 2, 0, 16, 0];
  const head = [...letters('RIFF'), 255, 255, 255, 255, ...letters('WAVE'), ...before, ...format, ...letters('data'), 255, 255, 255, 255];
  return Uint8Array.from([...head, ...new Array(bytes).fill(0)]);
};
const sound = (bytes: Uint8Array) => ({ base64: base64Of(bytes) });

test.each([
  ['a second and a half of WAV', wav(8_000, 24_000), 1.5],
  ['WAV with another chunk first', wav(16_000, 64_000, [...letters('LIST'), ...long(4), 1, 2, 3, 4]), 2],
  ['MP3 at 128 kbit/s', Uint8Array.from([0xff, 0xfb, 0x90, 0, ...new Array(32_000).fill(0)]), 2],
  [
    'MP3 of a lower rate, after a tag',
    Uint8Array.from([...letters('ID3'), 4, 0, 0, 0, 0, 0, 4, 1, 2, 3, 4, 0xff, 0xf3, 0x40, ...new Array(8_000).fill(0)]),
    2,
  ],
  ['what is not known, at 64 kbit/s', new Uint8Array(16_000).fill(1), 2],
])('%s', (_, bytes, seconds) => expect(soundSeconds(sound(bytes))).toBeCloseTo(seconds, 1));

test.each([
  ['no bytes', ''],
  ['a head cut short', base64Of(wav(8_000, 0).slice(0, 15))],
  ['a head that says a rate of nothing', base64Of(wav(0, 800))],
  [
    'a chunk that says to be endless',
    base64Of(Uint8Array.from([...letters('RIFF'), 0, 0, 0, 0, ...letters('WAVE'), ...letters('LIST'), 255, 255, 255, 255])),
  ],
  ['a tag that says to be endless', base64Of(Uint8Array.from([...letters('ID3'), 4, 0, 0, 127, 127, 127, 127]))],
])('%s gives some length, and ends', (_, base64) => {
  const seconds = soundSeconds({ base64 });
  expect(seconds).toBeGreaterThanOrEqual(0);
  expect(seconds).toBeLessThan(1);
});

test('a text takes longer the more of it there is, and Chinese longer by character', () => {
  expect(spokenSeconds('')).toBe(0);
  expect(spokenSeconds('a'.repeat(150))).toBeCloseTo(10);
  expect(spokenSeconds('字'.repeat(45))).toBeCloseTo(10);
  expect(spokenSeconds(`${'a'.repeat(150)}${'字'.repeat(45)}`)).toBeCloseTo(20);
});
