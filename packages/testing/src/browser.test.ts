import { expect, test } from 'vitest';
import { findChromium } from './browser.ts';

test('a named program that is not there is not replaced by another', () => {
  expect(findChromium({ CHROMIUM_PATH: '/nowhere/chromium', PATH: process.env['PATH'] })).toBeUndefined();
});

test('a program on the path is found under its known names', () => {
  expect(findChromium({ PATH: '/nowhere' })).toBe(undefined);
  expect(findChromium({ CHROMIUM_PATH: process.execPath })).toBe(process.execPath);
});
