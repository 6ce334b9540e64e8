import { expect, test } from 'vitest';
import { describeProblem, isFlowCode } from './describe.ts';
import { locales, type Problem } from './problem.ts';
import { parseFlow, readFlow } from './read.ts';
import { sampleFlow } from './testing/sample-flow.ts';
import { fillWords, wordParams } from './words.ts';

const problem = (code: string, params: Problem['params'] = {}): Problem => ({ code, severity: 'error', pointer: '', params });

test('says a problem in the reader’s language', () => {
  const duplicate = problem('duplicate_key', { key: 'draft' });
  expect(describeProblem(duplicate, 'en')).toBe('The key “draft” stands here twice.');
  expect(describeProblem(duplicate, 'zh-Hans')).toBe('键“draft”在此重复出现。');
});

test('types are named in words, numbers by the language', () => {
  const { problems } = readFlow({ ...sampleFlow(), edges: 'none', name: 3 });
  expect(problems.map((item) => describeProblem(item, 'en'))).toEqual(['This must be a text.', 'This must be a list.']);
  expect(problems.map((item) => describeProblem(item, 'zh-Hans'))).toEqual(['此处必须是文本。', '此处必须是列表。']);
  expect(describeProblem(problem('too_many_nodes', { count: 100_000, limit: 2_000 }), 'en')).toBe(
    'The flow has 100,000 steps; the limit is 2,000.',
  );
});

test('no sentence shows English of a library, an open place or a whole hostile text', () => {
  const hostile = parseFlow(JSON.stringify({ ...sampleFlow(), [`x${'y'.repeat(900)}`]: 1, layout: { 'A B': {} }, edges: [{ from: 1 }] }));
  expect(hostile.problems.length).toBeGreaterThan(3);
  for (const locale of locales) {
    for (const item of hostile.problems) {
      const sentence = describeProblem(item, locale);
      expect(sentence).not.toMatch(/Invalid|expected|received|[{}]|undefined/);
      expect(sentence.length).toBeLessThan(300);
    }
  }
});

test('a code of elsewhere still reads as a sentence', () => {
  expect(isFlowCode('toString')).toBe(false);
  expect(describeProblem(problem('toString'), 'en')).toBe('Something is wrong here (toString).');
});

test('parameters have their own words where they bring some, and are never filled twice', () => {
  const words = { en: 'Wire “{port}” ({count}).', 'zh-Hans': '连接“{port}”（{count}）。' };
  const params = { ...wordParams('port', 'prompt', { en: 'Prompt {count}', 'zh-Hans': '提示词' }), count: 1_234 };
  expect(fillWords(words, params, 'en')).toBe('Wire “Prompt {count}” (1,234).');
  expect(fillWords(words, params, 'zh-Hans')).toBe('连接“提示词”（1,234）。');
  expect(fillWords(words, { port: 'prompt' }, 'en')).toBe('Wire “prompt” ().');
});
