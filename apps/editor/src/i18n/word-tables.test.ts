import type { Locale } from '@patchbay/flow';
import { expect, test } from 'vitest';
import { createWordTables } from './word-tables.ts';

const texts: Record<string, Record<Locale, string[]>> = {
  run: { en: ['Run'], 'zh-Hans': ['运行'] },
  settings: { en: ['Settings'], 'zh-Hans': ['设置'] },
};

function tablesFor(first: Locale) {
  const asked: string[] = [];
  const load = async (part: string, locale: Locale) => {
    asked.push(`${part}.${locale}`);
    return texts[part]?.[locale] ?? [];
  };
  return { asked, tables: createWordTables(first, load) };
}

test('code comes after its texts in the reader’s language, and no other is fetched', async () => {
  const { asked, tables } = tablesFor('zh-Hans');
  const word = tables.of('run');
  const said = await tables.before(['run'], async () => word(0)['zh-Hans']);
  expect(said).toBe('运行');
  expect(asked).toEqual(['run.zh-Hans']);
});

test('texts are fetched once, however often code asks for them', async () => {
  const { asked, tables } = tablesFor('en');
  const code = async () => 1;
  await Promise.all([tables.before(['run'], code), tables.before(['run', 'settings'], code)]);
  await tables.before(['settings'], code);
  expect(asked).toEqual(['run.en', 'settings.en']);
});

test('a text says itself in the language that is there, and in the other one once it has come', async () => {
  const { tables } = tablesFor('en');
  await tables.before(['run'], async () => undefined);
  const text = tables.of('run')(0);
  expect([text.en, text['zh-Hans']]).toEqual(['Run', 'Run']);
  await tables.fetch('zh-Hans');
  expect([text.en, text['zh-Hans']]).toEqual(['Run', '运行']);
});

test('code that is asked for while the reader changes language comes with the texts of the new one', async () => {
  const { asked, tables } = tablesFor('en');
  const word = tables.of('run');
  const loading = tables.before(['run'], async () => word(0)['zh-Hans']);
  tables.read('zh-Hans');
  expect(await loading).toBe('运行');
  expect(asked).toEqual(['run.en', 'run.zh-Hans']);
});

test('a part that comes while a language is fetched is fetched with it', async () => {
  const { asked, tables } = tablesFor('en');
  await tables.before(['run'], async () => undefined);
  const fetching = tables.fetch('zh-Hans');
  const later = tables.before(['settings'], async () => undefined);
  await Promise.all([fetching, later]);
  expect(asked).toContain('settings.zh-Hans');
});

test('texts that could not be fetched are asked for again', async () => {
  let fails = true;
  const tables = createWordTables('en', async () => {
    if (fails) throw new TypeError('offline');
    return ['Run'];
  });
  await expect(tables.before(['run'], async () => 'code')).rejects.toThrow('offline');
  fails = false;
  expect(await tables.before(['run'], async () => 'code')).toBe('code');
});
