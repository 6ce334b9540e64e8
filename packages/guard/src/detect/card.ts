import { type NumberRun, sizesOf } from './number-run.ts';

const networks: [prefix: RegExp, lengths: number[]][] = [
  [/^4/, [13, 16, 19]],
  [/^(?:5[1-5]|222[1-9]|22[3-9]|2[3-6]|27[01]|2720)/, [16]],
  [/^3[47]/, [15]],
  [/^3(?:0[0-5]|[68])/, [14]],
  [/^(?:6011|64[4-9]|65|62|35)/, [16, 17, 18, 19]],
];
const groupings = /^(?:\d{2}|4-4-4-4(?:-[1-3])?|4-4-4-1|4-6-[45]|6-1[0-3])$/;

/** How many of a run's groups are one payment card number, 0 for none. */
export function cardGroups(run: NumberRun): number {
  if (run.plus || run.groups.join('').length < 13) return 0;
  for (let count = Math.min(5, run.groups.length); count > 0; count -= 1) {
    const groups = run.groups.slice(0, count);
    if (run.gaps.slice(1, count).some((gap) => gap !== ' ' && gap !== '-')) continue;
    if (groupings.test(sizesOf(groups)) && isCard(groups.join(''))) return count;
  }
  return 0;
}

const isCard = (digits: string): boolean =>
  networks.some(([prefix, lengths]) => prefix.test(digits) && lengths.includes(digits.length)) && passesLuhn(digits);

/** The check digit of payment cards (ISO/IEC 7812-1). */
export function passesLuhn(digits: string): boolean {
  let sum = 0;
  for (let place = 0; place < digits.length; place += 1) {
    let value = digits.charCodeAt(digits.length - 1 - place) - 48;
    if (place % 2 === 1) value = value > 4 ? value * 2 - 9 : value * 2;
    sum += value;
  }
  return sum % 10 === 0;
}
