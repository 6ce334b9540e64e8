import { StepError } from '@patchbay/node-kit';
import { tidyNumber } from '../tidy-number.ts';
import type { NumberConfig, OfTwo } from './number-config.ts';

const signs: Record<OfTwo, string> = {
  add: '+',
  subtract: '−',
  multiply: '×',
  divide: '÷',
  remainder: 'mod',
  power: '^',
  smaller: 'min',
  larger: 'max',
};
export const signOf = (operation: OfTwo): string => signs[operation];

const calculations: Record<OfTwo, (a: number, b: number) => number> = {
  add: (a, b) => a + b,
  subtract: (a, b) => a - b,
  multiply: (a, b) => a * b,
  divide: (a, b) => a / b,
  // The sign of the divisor, as in arithmetic by hand: −1 mod 7 is 6.
  remainder: (a, b) => a - b * Math.floor(a / b),
  power: (a, b) => a ** b,
  smaller: Math.min,
  larger: Math.max,
};

/** Throws StepError `invalid_input` for a division by zero, and where there is no number as the answer. */
export function calculate(operation: OfTwo, a: number, b: number): number {
  if (b === 0 && (operation === 'divide' || operation === 'remainder')) throw new StepError('invalid_input', 'divided_by_zero');
  const result = tidyNumber(calculations[operation](a, b));
  if (Number.isNaN(result)) throw new StepError('invalid_input', 'no_result', { left: a, sign: signs[operation], right: b });
  if (!Number.isFinite(result)) throw new StepError('invalid_input', 'number_too_large');
  return result;
}

const rounders: Record<NumberConfig['direction'], (number: number) => number> = {
  // Half goes away from zero, as at school.
  nearest: (number) => Math.sign(number) * Math.round(Math.abs(number)),
  down: Math.floor,
  up: Math.ceil,
};

/** Rounds the decimal that is written, not the binary fraction behind it: 1.005 to two digits is 1.01. */
export function round(number: number, digits: number, direction: NumberConfig['direction']): number {
  if (Number.isInteger(number)) return number;
  const rounded = shift(rounders[direction](shift(number, digits)), -digits);
  return Number.isFinite(rounded) ? rounded + 0 : number;
}

function shift(number: number, digits: number): number {
  const [mantissa = '', exponent = '0'] = String(number).split('e');
  return Number(`${mantissa}e${Number(exponent) + digits}`);
}
