import { code, isAlphanumeric, isDigit } from '../characters.ts';
import type { Source } from '../source.ts';
import type { Check } from './checks.ts';
import { europeanAt } from './european.ts';

const weights = [7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2];
const checks = '10X98765432';

/** Length of an identity number at a place: of China, of a country of the European Union, or a US social security number. */
export function identityAt(source: Source, start: number, hints: readonly Check[] = []): number {
  return residentAt(source, start) || europeanAt(source, start, hints);
}

/** The resident identity number (GB 11643, 18 characters with check), and the US social security number. */
function residentAt(source: Source, start: number): number {
  let at = start;
  while (at - start < 18 && isDigit(source.at(at))) at += 1;
  const digits = at - start;
  if (digits === 3 && source.at(at) === code('-')) return socialSecurityAt(source, start);
  if (digits < 17) return 0;
  if (digits === 17 && (source.at(at) | 32) === code('x')) at += 1;
  if (at - start !== 18 || isAlphanumeric(source.at(at))) return 0;
  return isResident(source.read(start, at).toUpperCase()) ? 18 : 0;
}

function isResident(number: string): boolean {
  if (!/^[1-9]\d{5}(?:18|19|20)\d{2}(?:0[1-9]|1[0-2])(?:0[1-9]|[12]\d|3[01])/.test(number)) return false;
  const sum = weights.reduce((total, weight, index) => total + weight * Number(number[index]), 0);
  return checks[sum % 11] === number[17];
}

/** `123-45-6789` with an area that is given out. */
function socialSecurityAt(source: Source, start: number): number {
  const text = source.read(start, start + 11);
  if (!/^(?!000|666|9)\d{3}-(?!00)\d{2}-(?!0000)\d{4}$/.test(text)) return 0;
  const after = source.at(start + 11);
  return isAlphanumeric(after) || after === code('-') ? 0 : 11;
}
