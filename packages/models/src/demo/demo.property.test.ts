import fc from 'fast-check';
import { expect, test } from 'vitest';
import { chat } from './chat.ts';
import { classify } from './classify.ts';
import { extract } from './extract.ts';
import { sentencesOf } from './language.ts';
import { phrases } from './phrases.ts';
import { summarize } from './summarize.ts';
import { topics } from './topics.ts';
import { translate } from './translate.ts';

const anyText = fc.oneof(
  fc.string({ unit: 'grapheme', maxLength: 200 }),
  fc
    .array(fc.constantFrom('refund', '退款', 'Maria', '$12.50', 'a@b.io', '2026-03-05', '\n', '. ', '。', ': ', '"""', '“', '#A-1', ' '), {
      maxLength: 40,
    })
    .map((words) => words.join(' ')),
);
const id = fc.stringMatching(/^[a-z][a-z0-9_]{0,8}$/);

test('a classification is always one of the labels, with a confidence from 0 to 1, and the same twice', () => {
  const labels = fc.uniqueArray(fc.record({ id, title: anyText, hint: fc.option(anyText, { nil: undefined }) }), {
    minLength: 1,
    maxLength: 6,
    selector: (label) => label.id,
  });
  fc.assert(
    fc.property(anyText, labels, (text, all) => {
      const verdict = classify({ text, labels: all });
      expect(all.map((label) => label.id)).toContain(verdict.label);
      expect(verdict.confidence).toBeGreaterThanOrEqual(0);
      expect(verdict.confidence).toBeLessThanOrEqual(1);
      expect(classify({ text, labels: all })).toEqual(verdict);
    }),
  );
});

test('an extraction holds every field asked and nothing else, each of its type or null', () => {
  const type = fc.constantFrom('text', 'number', 'boolean', 'text[]', 'number[]');
  const title = fc.oneof(anyText, fc.constantFrom('E-mail', 'Name', 'Amount', '日期', '电话', 'Order number', 'Company', 'City'));
  const fields = fc.uniqueArray(fc.record({ id, title, type }), { maxLength: 8, selector: (field) => field.id });
  fc.assert(
    fc.property(anyText, fields, (text, all) => {
      const found = extract(text, all);
      expect(Object.keys(found)).toEqual(all.map((field) => field.id));
      for (const field of all) {
        const value = found[field.id];
        if (field.type.endsWith('[]')) expect(Array.isArray(value)).toBe(true);
        else if (value !== null) expect(typeof value).toBe(field.type === 'text' ? 'string' : field.type);
      }
    }),
  );
});

test('a summary is made of sentences of the text, no more than asked, in their order', () => {
  fc.assert(
    fc.property(anyText, fc.integer({ min: 1, max: 5 }), (text, count) => {
      const sentences = sentencesOf(text);
      let rest = summarize(text, count);
      let used = 0;
      for (const sentence of sentences) {
        if (!rest.startsWith(sentence)) continue;
        rest = rest.slice(sentence.length).trimStart();
        used += 1;
      }
      expect(rest).toBe('');
      expect(used).toBeLessThanOrEqual(count);
    }),
  );
});

test.each(phrases)('%s and %s are each other’s translation', (en, zh) => {
  expect(translate(en, 'zh-Hans')).toBe(zh);
  expect(translate(translate(zh, 'en'), 'zh-Hans')).toBe(zh);
});

test('a translation never loses a line, nor a text it does not know', () => {
  fc.assert(
    fc.property(anyText, fc.constantFrom('en', 'zh-Hans', 'fr', 'xx'), (text, target) => {
      const result = translate(text, target);
      expect(result.split('\n')).toHaveLength(text.split('\n').length);
      if (target === 'xx') for (const word of text.split(/\s+/)) expect(result).toContain(word);
    }),
  );
});

test('a chat always answers, whatever the prompt', () => {
  fc.assert(
    fc.property(anyText, anyText, (system, prompt) => {
      const answer = chat([
        { role: 'system', content: system },
        { role: 'user', content: prompt },
      ]);
      expect(answer).toMatch(/demo model|演示模型/i);
    }),
  );
});

test('no word of the topics is empty or stands twice in one topic', () => {
  for (const words of topics) {
    expect(words.every((word) => word === word.trim().toLowerCase() && word !== '')).toBe(true);
    expect(new Set(words).size).toBe(words.length);
  }
});
