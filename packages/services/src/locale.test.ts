import { expect, test } from 'vitest';
import { localeOf } from './locale.ts';

test.each([
  [undefined, 'en'],
  ['', 'en'],
  ['zh', 'zh-Hans'],
  ['zh-CN', 'zh-Hans'],
  ['zh-Hans-CN,zh;q=0.9', 'zh-Hans'],
  ['ZH-cn', 'zh-Hans'],
  ['en-US,en;q=0.9,zh;q=0.8', 'en'],
  ['fr,zh;q=0.5,en;q=0.4', 'zh-Hans'],
  ['fr,de', 'en'],
  ['en;q=0.1,zh;q=0.9', 'zh-Hans'],
  ['zh;q=0, en', 'en'],
  ['*', 'en'],
  [';;;,,,q=', 'en'],
  [`${'x,'.repeat(100_000)}zh`, 'en'],
])('%s reads as %s', (header, locale) => expect(localeOf(header)).toBe(locale));
