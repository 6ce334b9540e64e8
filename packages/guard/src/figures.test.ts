import { readFileSync } from 'node:fs';
import { expect, test } from 'vitest';
import { figuresOf, readMarked } from './figures.ts';
import { figuresTable } from './figures-table.ts';

const read = (file: string): string => readFileSync(new URL(file, import.meta.url), 'utf8');
const texts = readMarked(read('../testdata/personal-data.tsv'));
const figures = figuresOf(texts);

test('the set: five hundred texts in two languages, a third of them without anything to hide', () => {
  expect(figures.texts).toBeGreaterThanOrEqual(500);
  expect(figures.negatives * 3).toBeGreaterThanOrEqual(figures.texts);
  for (const language of ['en', 'zh']) expect(texts.filter((text) => text.language === language).length).toBeGreaterThan(200);
  expect(Object.keys(figures.byKind).sort()).toEqual(['card', 'email', 'iban', 'id', 'ip', 'key', 'phone']);
});

test('finds at least 95 %, and hides something in at most 2 % of the texts without anything to hide', () => {
  expect(figures.hidden / figures.marked, figures.misses.join('\n')).toBeGreaterThanOrEqual(0.95);
  expect(figures.falseTexts / figures.negatives, figures.alarms.join('\n')).toBeLessThanOrEqual(0.02);
  expect(figures.falseFinds / figures.finds).toBeLessThanOrEqual(0.02);
  for (const [kind, { marked, hidden }] of Object.entries(figures.byKind)) expect(hidden / marked, kind).toBeGreaterThanOrEqual(0.95);
});

test('a mark is a place in the text without marks', () => {
  expect(readMarked('# a comment\nen\tto ⟦email:a@b.io⟧, ⟦cn_id:1⟧\n')).toEqual([
    {
      language: 'en',
      text: 'to a@b.io, 1',
      spans: [
        { kind: 'email', start: 3, end: 9 },
        { kind: 'id', start: 11, end: 12 },
      ],
    },
  ]);
});

test('a place that is hidden in part is a miss, a find beside it an alarm', () => {
  const spans = [{ kind: 'phone' as const, start: 0, end: 20 }];
  expect(figuresOf([{ language: 'en', text: '+14155552671 and more, a@b.io', spans }])).toMatchObject({
    marked: 1,
    hidden: 0,
    finds: 2,
    falseFinds: 1,
  });
});

test('the page about privacy shows these figures; if not: pnpm docs:privacy', () => {
  expect(read('../../../docs/privacy.md')).toContain(figuresTable(figures));
});
