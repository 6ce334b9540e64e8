import fc from 'fast-check';
import { expect, test } from 'vitest';
import { type Known, replacerOf } from './replace-known.ts';

const oneByOne = (values: readonly Known[], text: string): string =>
  [...values].sort(([a], [b]) => b.length - a.length).reduce((shown, [value, label]) => shown.replaceAll(value, label), text);

const people = (count: number): Known[] => Array.from({ length: count }, (_, at) => [`user${at}@example.com`, `[EMAIL_${at + 1}]`]);

test('few and many values are replaced, the longest first, wherever they stand', () => {
  for (const count of [0, 3, 500]) {
    const known: Known[] = [...people(count), ['Ada', '[NAME_1]'], ['Ada Lovelace', '[NAME_2]'], ['A1', '[ID_1]'], ['', '[NOTHING]']];
    const { replace } = replacerOf(known);
    const text = `${known.map(([value]) => value).join(', ')}. Ada Lovelace, Ada, A1 A1; user1@example.com`;
    const shown = replace(text);
    for (const [value] of known) if (value !== '') expect(shown).not.toContain(value);
    expect(shown).toContain('[NAME_2], [NAME_1], [ID_1] [ID_1]');
    expect(replace('nothing to hide')).toBe('nothing to hide');
  }
});

test('many values in one pass are the same as one after the other, where they do not run into each other', () => {
  // No digit is in a label or between values, so no value ends inside another.
  const value = fc.stringMatching(/^[1-9]{3,9}$/);
  const filling = fc.stringMatching(/^[ a-z.]{1,6}$/);
  fc.assert(
    fc.property(
      fc.uniqueArray(value, { minLength: 40, maxLength: 80 }),
      fc.array(fc.tuple(filling, fc.nat()), { maxLength: 60 }),
      (values, parts) => {
        const known = values.map((one): Known => [one, '[HIDDEN]']);
        const text = parts.map(([between, at]) => between + (values[at % values.length] ?? '')).join('');
        expect(replacerOf(known).replace(text)).toBe(oneByOne(known, text));
      },
    ),
  );
});

test('no value is left, however they overlap and whatever they begin with', () => {
  const letters = fc.stringMatching(/^[ab]{3,8}$/);
  fc.assert(
    fc.property(fc.uniqueArray(letters, { minLength: 33, maxLength: 60 }), fc.stringMatching(/^[ab ]{0,200}$/), (values, text) => {
      const shown = replacerOf(values.map((one): Known => [one, '#'])).replace(text);
      for (const one of values) expect(shown).not.toContain(one);
    }),
  );
});

test('twenty thousand values in a text of a megabyte are replaced in one pass', () => {
  const known = people(20_000);
  const text = known.map(([value]) => `Write to ${value}, who waits for an answer. `).join('');
  const shown = replacerOf(known).replace(text);
  expect(shown).not.toContain('@');
  expect(shown.match(/\[EMAIL_\d+\]/g)).toHaveLength(20_000);
});

test('in turns the same is replaced as at once, and short texts take none', async () => {
  const value = fc.stringMatching(/^[ab1]{1,6}$/);
  const filling = fc.integer({ min: -20, max: 5 }).map((more) => 'x'.repeat(32 * 1024 + more));
  await fc.assert(
    fc.asyncProperty(
      fc.uniqueArray(value, { maxLength: 60 }),
      fc.array(fc.tuple(filling, fc.stringMatching(/^[ab1 ]{0,30}$/)), { maxLength: 3 }),
      async (values, parts) => {
        const { replace, replaceInTurns } = replacerOf(values.map((one): Known => [one, '[HIDDEN]']));
        const text = parts.flat().join('');
        expect(await replaceInTurns(text, async () => undefined)).toBe(replace(text));
      },
    ),
    { numRuns: 60 },
  );
  let turns = 0;
  const turn = async (): Promise<void> => {
    turns += 1;
  };
  for (const count of [3, 500]) await replacerOf(people(count)).replaceInTurns('user1@example.com', turn);
  expect(turns).toBe(0);
  await replacerOf(people(500)).replaceInTurns('x'.repeat(200_000), turn);
  expect(turns).toBe(6);
});
