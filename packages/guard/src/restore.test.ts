import fc from 'fast-check';
import { expect, test } from 'vitest';
import { createMasker } from './mask.ts';
import { createRestorer, restoreText } from './restore.ts';

const masked = (text: string, known = {}) => {
  const masker = createMasker({ style: 'numbered', known });
  const shown = masker.push(text) + masker.end();
  return { shown, secrets: masker.secrets() };
};

test('the same value has one label, another kind its own count', () => {
  const { shown, secrets } = masked('ada@example.com, bob@example.com, 8.8.8.8 and ada@example.com');
  expect(shown).toBe('[EMAIL_1], [EMAIL_2], [IP_1] and [EMAIL_1]');
  expect(secrets).toEqual({ '[EMAIL_1]': 'ada@example.com', '[EMAIL_2]': 'bob@example.com', '[IP_1]': '8.8.8.8' });
});

test('numbers go on after what was hidden before', () => {
  const { shown, secrets } = masked('bob@example.com and ada@example.com', { '[EMAIL_1]': 'ada@example.com' });
  expect(shown).toBe('[EMAIL_2] and [EMAIL_1]');
  expect(secrets).toEqual({ '[EMAIL_1]': 'ada@example.com', '[EMAIL_2]': 'bob@example.com' });
});

test('a key is kept whole, however it was cut', () => {
  const key = `sk-${'a1b2'.repeat(100)}`;
  const masker = createMasker({ style: 'numbered' });
  const shown = [...`use ${key} or ${key}.`].map((character) => masker.push(character)).join('') + masker.end();
  expect(shown).toBe('use [KEY_1] or [KEY_1].');
  expect(masker.secrets()).toEqual({ '[KEY_1]': key });
});

const secrets = { '[EMAIL_1]': 'ada@example.com', '[PHONE_12]': '+14155552671' };
test.each([
  ['Write to [EMAIL_1].', 'Write to ada@example.com.'],
  ['[email_1] or 【PHONE_12】', 'ada@example.com or +14155552671'],
  ['\\[EMAIL\\_1\\]', 'ada@example.com'],
  ['[ EMAIL_1 ] [EMAIL 1]', 'ada@example.com ada@example.com'],
  ['[EMAIL_2] [EMAIL] [link](x) [', '[EMAIL_2] [EMAIL] [link](x) ['],
  ['[CONSTRUCTOR_1] [EMAIL_01]', '[CONSTRUCTOR_1] ada@example.com'],
])('%s', (text, expected) => expect(restoreText(text, secrets)).toBe(expected));

test('a value that looks like a label is not looked at again', () => {
  expect(restoreText('[EMAIL_1]', { '[EMAIL_1]': '[PHONE_12]', '[PHONE_12]': 'x' })).toBe('[PHONE_12]');
});

test('what cannot become a label is not held back', () => {
  const restorer = createRestorer(secrets);
  expect(restorer.push('a [link to')).toBe('a [link to');
  expect(restorer.push(' and [EMA')).toBe(' and ');
  expect(restorer.push('IL_1')).toBe('');
  expect(restorer.push('] x')).toBe('ada@example.com x');
  expect(restorer.end()).toBe('');
});

const part = fc.constantFrom(
  'ada@example.com',
  '+1 (415) 555-2671',
  '4111 1111 1111 1111',
  'BSN 856142438',
  '8.8.8.8',
  ' text ',
  '，',
  '[',
  ']',
  '_1',
  '\\',
  '\n',
  'sk-abcdef1234567890abcdef',
);
test('any cut on both ways gives the text back', () => {
  const cut = (text: string, sizes: readonly number[]): string[] => {
    const pieces: string[] = [];
    let place = 0;
    for (const size of sizes) {
      pieces.push(text.slice(place, place + size));
      place += size;
    }
    return [...pieces, text.slice(place)];
  };
  const sizes = fc.array(fc.integer({ min: 0, max: 9 }), { maxLength: 40 });
  fc.assert(
    fc.property(fc.array(part, { maxLength: 12 }), sizes, sizes, (parts, there, back) => {
      const text = parts.join(' ');
      const masker = createMasker({ style: 'numbered' });
      const shown =
        cut(text, there)
          .map((piece) => masker.push(piece))
          .join('') + masker.end();
      expect(shown).toBe(masked(text).shown);
      const restorer = createRestorer(masker.secrets());
      expect(
        cut(shown, back)
          .map((piece) => restorer.push(piece))
          .join('') + restorer.end(),
      ).toBe(restoreText(shown, masker.secrets()));
      for (const value of Object.values(masker.secrets())) expect(shown).not.toContain(value);
      expect(restoreText(shown, masker.secrets())).toBe(text);
    }),
    { numRuns: 500 },
  );
}, 120_000);
