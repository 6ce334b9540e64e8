import { readFileSync } from 'node:fs';
import { expect, test } from 'vitest';
import { measureHitRate } from './hit-rate.ts';
import { hitRateTable } from './hit-rate-table.ts';
import { isChinese, readLibrary, readQuestions } from './library.ts';

test('the questions are a hundred, half of them Chinese, and each answer stands once in its document', () => {
  const questions = readQuestions();
  const library = new Map(readLibrary().map(({ name, text }) => [name, text]));
  expect(new Set(questions.map(({ question }) => question)).size).toBe(100);
  expect(questions.filter(({ question }) => isChinese(question))).toHaveLength(50);
  expect(new Set(questions.map(({ document }) => document)).size).toBe(library.size);
  for (const { question, document, answer } of questions) expect(library.get(document)?.split(answer), question).toHaveLength(2);
});

test('the right passage is among the first five of at least 90 in 100, by words alone and with a model', { timeout: 180_000 }, async () => {
  const ways = { 'words alone': await measureHitRate('words'), 'words and vectors': await measureHitRate('fake') };
  for (const [way, { english, chinese, documents }] of Object.entries(ways)) {
    expect(documents).toBe(readLibrary().length);
    expect(english.amongFive, way).toBeGreaterThanOrEqual(0.9);
    expect(chinese.amongFive, way).toBeGreaterThanOrEqual(0.9);
  }
  const page = readFileSync(new URL('../../../../../docs/knowledge.md', import.meta.url), 'utf8');
  expect(page, 'pnpm docs:knowledge writes the figures into docs/knowledge.md').toContain(hitRateTable(ways));
});
