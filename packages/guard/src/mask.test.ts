import fc from 'fast-check';
import { expect, test } from 'vitest';
import { createMasker, maskAtOnce, maskInTurns, maskText } from './mask.ts';

test('puts a label in place of each find', () => {
  expect(maskText('Write to ada@example.com or call +1 415 555 2671.')).toBe('Write to [EMAIL] or call [PHONE].');
  expect(maskText('邮箱ada@example.com，手机13812345678。')).toBe('邮箱[EMAIL]，手机[PHONE]。');
});

test('stars and nothing are other styles; kinds can be left out', () => {
  expect(maskText('ada@example.com', { style: 'stars' })).toBe('*****');
  expect(maskText('<ada@example.com>', { style: 'remove' })).toBe('<>');
  expect(maskText('ada@example.com 8.8.8.8', { kinds: ['ip'] })).toBe('ada@example.com [IP]');
});

test('a key is replaced once however long it is', () => {
  const key = `sk-${'a1b2'.repeat(5_000)}`;
  const masker = createMasker();
  const pieces = [...`use ${key}. Then`].map((character) => masker.push(character));
  expect(pieces.join('') + masker.end()).toBe('use [KEY]. Then');
});

test('text without personal data is not held back past the word that is being written', () => {
  const masker = createMasker();
  expect(masker.push('The weather is fi')).toBe('The weather is ');
  expect(masker.push('ne today, ')).toBe('fine today, ');
  expect(masker.push('今天天气')).toBe('今天天气');
  expect(masker.end()).toBe('');
});

test('what spans two chunks does not leak', () => {
  const masker = createMasker();
  expect(masker.push('mail ada@exam')).toBe('mail ');
  expect(masker.push('ple.com now')).toBe('[EMAIL] ');
  expect(masker.end()).toBe('now');
});

const personal = [
  'ada@example.com',
  '13812345678@163.com',
  '+1 (415) 555-2671',
  '138 1234 5678',
  '4111 1111 1111 1111',
  '11010519491231002X',
  '536-22-8726',
  'DE89 3704 0044 0532 0130 00',
  '192.168.0.1',
  '2001:db8::1',
  '::ffff:192.0.2.1',
  'sk-abcdef1234567890abcdef',
  'AKIAIOSFODNN7EXAMPLE',
  'eyJhbGciOiJIUzI1NiJ9.eyJzdWIiOiIxMjM0NTY3ODkwIn0.dozjgNryP4J3',
  '010-62345678',
  'BSN 856142438',
  'PESEL: 72061663739',
  '81882916-H',
  '75.01.19-010.32',
  '１３８１２３４５６７８',
];
const around = [
  '',
  ' ',
  '.',
  ',',
  '-',
  ':',
  '(',
  ')',
  '@',
  '+',
  '/',
  '_',
  '\n',
  'x',
  '1',
  '电话',
  'é',
  '. ',
  ' 2 ',
  '::',
  'sk-',
  'eyJ',
  '2024-01-02',
  'v1.2.3',
  'DE89',
  'BSN',
  'Steuer-',
  '856142438',
];
const texts = fc
  .array(fc.oneof(fc.constantFrom(...personal), fc.constantFrom(...around), fc.string({ maxLength: 6 })), { maxLength: 14 })
  .map((parts) => parts.join(''));

test('any cut into pieces gives what the whole gives', () => {
  fc.assert(
    fc.property(texts, fc.array(fc.integer({ min: 0, max: 12 }), { maxLength: 60 }), (text, sizes) => {
      const masker = createMasker();
      let shown = '';
      let place = 0;
      for (const size of sizes) {
        shown += masker.push(text.slice(place, place + size));
        place += size;
      }
      shown += masker.push(text.slice(place)) + masker.end();
      expect(shown).toBe(maskText(text));
    }),
    { numRuns: 3_000 },
  );
}, 120_000);

test('character by character, nothing is shown that a later one hides', () => {
  fc.assert(
    fc.property(texts, (text) => {
      const whole = maskText(text);
      const masker = createMasker();
      let shown = '';
      for (let place = 0; place < text.length; place += 1) {
        shown += masker.push(text.charAt(place));
        if (!whole.startsWith(shown)) expect(whole).toBe(shown);
      }
    }),
    { numRuns: 1_000 },
  );
}, 120_000);

test.each(['a', '1', 'a.', '1 ', '1-', ':', 'a@b.', 'eyJa', 'DE89 ', '(1'])('what is held back of %j is bounded', (unit) => {
  const text = unit.repeat(5_000);
  expect(text.length - createMasker().push(text).length).toBeLessThan(1_000);
});

test('labels are no finds themselves', () => {
  expect(maskText('[EMAIL] [PHONE] [CARD] [ID] [IBAN] [IP] [KEY]')).toBe('[EMAIL] [PHONE] [CARD] [ID] [IBAN] [IP] [KEY]');
});

const slowly = (text: string): string => {
  const masker = createMasker();
  return masker.push(text) + masker.end();
};

test('a text of letters alone may hide something too, and is looked through then', () => {
  // Letters may stand for the digits of an Italian tax code; one of 26 last letters is its check.
  const letters = [...'ABCDEFGHIJKLMNOPQRSTUVWXYZ'];
  for (const start of ['RSSMRAURTMLARSN', 'RSS MRA URTML ARSN']) {
    const codes = letters.map((last) => `Codice: ${start}${last}`);
    expect(codes.map((text) => maskText(text))).toEqual(codes.map(slowly));
    expect(codes.filter((text) => maskText(text) !== text)).toHaveLength(1);
  }
  for (const text of ['AKIAIOSFODNNSEXAMPLE', 'eyJhbGciOiJIUzI.eyJzdWIiOiJB', 'Steuer-ID', 'face::add', 'a@b.co'])
    expect(maskText(text)).toBe(slowly(text));
});

test('a long text in turns is the text in one piece, hidden values and their numbers too, whatever stands at the cuts', async () => {
  const filling = fc.constantFrom('word ', '字', 'a1-', '. ', '7');
  // So long that what follows stands before, over and behind a cut.
  const long = fc
    .tuple(filling, fc.integer({ min: -60, max: 10 }))
    .map(([unit, more]) => unit.repeat(Math.ceil(maskAtOnce / unit.length)).slice(0, maskAtOnce + more));
  const parts = fc.array(fc.tuple(long, texts), { minLength: 1, maxLength: 3 }).map((all) => all.flat().join(''));
  await fc.assert(
    fc.asyncProperty(parts, fc.constantFrom('label', 'numbered', 'stars', 'remove'), async (text, style) => {
      const whole = createMasker({ style });
      const shown = whole.push(text) + whole.end();
      const masker = createMasker({ style });
      let turns = 0;
      const turn = async (): Promise<void> => {
        turns += 1;
      };
      expect(await maskInTurns(text, masker, turn)).toBe(shown);
      expect(masker.secrets()).toEqual(whole.secrets());
      expect(turns).toBe(Math.ceil(text.length / maskAtOnce) - 1);
    }),
    { numRuns: 40 },
  );
}, 120_000);
