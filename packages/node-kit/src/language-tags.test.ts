import { locales } from '@patchbay/flow';
import { expect, test } from 'vitest';
import { languageTags } from './language-tags.ts';

test('a hundred languages and more, each with a name of its own in both languages of the interface', () => {
  expect(new Set(languageTags).size).toBe(languageTags.length);
  expect(languageTags.length).toBeGreaterThanOrEqual(100);
  for (const locale of locales) {
    const names = new Intl.DisplayNames([locale], { type: 'language', fallback: 'none' });
    const known = languageTags.map((tag) => names.of(tag));
    expect(known.filter((name) => name === undefined)).toEqual([]);
    expect(new Set(known).size).toBe(languageTags.length);
    if (locale === 'zh-Hans') for (const name of known) expect(name).toMatch(/\p{Script=Han}/u);
  }
});
