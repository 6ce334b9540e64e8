import { type Json, StepError, valueToText } from '@patchbay/node-kit';
import { numberIn } from '../conditions/number-in.ts';
import { tidyNumber } from '../tidy-number.ts';
import type { Figure, ListConfig } from './list-config.ts';
import { at } from './one-list.ts';

/** One number of a list; null for the average, smallest and largest of nothing. Items without a value do not count. */
export function figureOf(figure: Figure, items: Json[], { path }: ListConfig): number | null {
  if (figure === 'count') return items.length;
  const numbers = items.map((item) => at(item, path)).filter((value) => value !== null && value !== '');
  return measures[figure](numbers.map(readNumber));
}

const measures: Record<Exclude<Figure, 'count'>, (numbers: number[]) => number | null> = {
  sum: (numbers) => finite(exactSum(numbers)),
  average: (numbers) => (numbers.length === 0 ? null : finite(tidyNumber(exactSum(numbers) / numbers.length))),
  smallest: (numbers) => (numbers.length === 0 ? null : numbers.reduce((a, b) => Math.min(a, b))),
  largest: (numbers) => (numbers.length === 0 ? null : numbers.reduce((a, b) => Math.max(a, b))),
};

function readNumber(value: Json): number {
  const number = typeof value === 'number' ? value : typeof value === 'string' ? numberIn(value) : undefined;
  if (number === undefined) throw new StepError('invalid_input', 'not_a_number', { text: valueToText(value).slice(0, 80) });
  return number;
}

/** Neumaier's sum: what is lost in each addition is kept and added at the end, so that 0.1 ten times is 1. */
function exactSum(numbers: readonly number[]): number {
  let sum = 0;
  let lost = 0;
  for (const number of numbers) {
    const next = sum + number;
    lost += Math.abs(sum) >= Math.abs(number) ? sum - next + number : number - next + sum;
    sum = next;
  }
  return Number.isFinite(sum) ? tidyNumber(sum + lost) : sum;
}

function finite(number: number): number {
  if (!Number.isFinite(number)) throw new StepError('invalid_input', 'number_too_large');
  return number;
}
