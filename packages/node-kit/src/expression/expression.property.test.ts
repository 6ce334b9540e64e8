import type { Json } from '@patchbay/flow';
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { compileExpression } from './expression.ts';

/** An expression as a text, and slowly worked out by plain JavaScript; undefined where it must fail. */
interface Twin {
  text: string;
  value: (values: Record<string, number>) => number | boolean | undefined;
}

const number: fc.Arbitrary<Twin> = fc.oneof(
  fc.integer({ min: 0, max: 99 }).map((n): Twin => ({ text: `${n}.0`, value: () => n })),
  fc.constantFrom('a', 'b').map((name): Twin => ({ text: name, value: (values) => values[name] })),
);
const calculate: Record<string, (a: number, b: number) => number> = {
  '+': (a, b) => a + b,
  '-': (a, b) => a - b,
  '*': (a, b) => a * b,
};
const compare: Record<string, (a: number, b: number) => boolean> = {
  '<': (a, b) => a < b,
  '<=': (a, b) => a <= b,
  '>': (a, b) => a > b,
  '>=': (a, b) => a >= b,
  '==': (a, b) => a === b,
  '!=': (a, b) => a !== b,
};

const { sum, truth } = fc.letrec<{ sum: Twin; truth: Twin }>((tie) => ({
  sum: fc.oneof(
    { depthSize: 'small', withCrossShrink: true },
    number,
    fc.tuple(tie('sum'), fc.constantFrom(...Object.keys(calculate)), tie('sum')).map(
      ([left, sign, right]): Twin => ({
        text: `(${left.text} ${sign} ${right.text})`,
        value: (values) => calculate[sign]?.(left.value(values) as number, right.value(values) as number),
      }),
    ),
    fc.tuple(tie('truth'), tie('sum'), tie('sum')).map(
      ([test, yes, no]): Twin => ({
        text: `(${test.text} ? ${yes.text} : ${no.text})`,
        value: (values) => (test.value(values) === true ? yes.value(values) : no.value(values)),
      }),
    ),
  ),
  truth: fc.oneof(
    { depthSize: 'small', withCrossShrink: true },
    fc.tuple(tie('sum'), fc.constantFrom(...Object.keys(compare)), tie('sum')).map(
      ([left, sign, right]): Twin => ({
        text: `(${left.text} ${sign} ${right.text})`,
        value: (values) => compare[sign]?.(left.value(values) as number, right.value(values) as number),
      }),
    ),
    fc.tuple(tie('truth'), fc.constantFrom('&&', '||'), tie('truth')).map(
      ([left, sign, right]): Twin => ({
        text: `(${left.text} ${sign} ${right.text})`,
        value: (values) =>
          sign === '&&'
            ? left.value(values) === true && right.value(values) === true
            : left.value(values) === true || right.value(values) === true,
      }),
    ),
    tie('truth').map((inner): Twin => ({ text: `!${inner.text}`, value: (values) => inner.value(values) !== true })),
  ),
}));

test('gives what a slow evaluation gives', () => {
  fc.assert(
    fc.property(fc.oneof(sum, truth), fc.integer({ min: -50, max: 50 }), fc.integer({ min: -50, max: 50 }), (twin, a, b) => {
      const result = compileExpression(twin.text, ['a', 'b']).evaluate({ a, b });
      const expected = twin.value({ a, b });
      expect(typeof result === 'number' ? result + 0 : result).toBe(typeof expected === 'number' ? expected + 0 : expected);
    }),
  );
});

test('no text makes it throw anything but a failure of the step', () => {
  const word = fc.constantFrom(
    'a',
    'l',
    '.',
    '(',
    ')',
    '[',
    ']',
    '{',
    '}',
    '"',
    '?',
    ':',
    '+',
    '==',
    '&&',
    'map',
    'x',
    ',',
    '1',
    '.__proto__',
    'matches',
    ' ',
  );
  fc.assert(
    fc.property(fc.array(word, { maxLength: 12 }), fc.jsonValue(), (words, value) => {
      try {
        const result = compileExpression(words.join(''), ['a', 'l']).evaluate({ a: value as Json, l: [1, 2] });
        expect(() => JSON.stringify(result)).not.toThrow();
      } catch (error) {
        expect(error).toMatchObject({ errorClass: 'invalid_input' });
      }
    }),
  );
});
