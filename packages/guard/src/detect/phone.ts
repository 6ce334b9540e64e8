import { type NumberRun, sizesOf } from './number-run.ts';

/** How many of a run's groups are one phone number, 0 for none. Numbers without any mark of a phone are left alone. */
export function phoneGroups(run: NumberRun): number {
  let digits = run.groups.reduce((sum, group) => sum + group.length, 0);
  for (let count = run.groups.length; digits >= fewestDigits; count -= 1) {
    digits -= run.groups[count - 1]?.length ?? 0;
    const groups = run.groups.slice(0, count);
    if (isPhone(run, groups, run.gaps.slice(1, count))) return count;
  }
  return 0;
}

const fewestDigits = 8;

function isPhone(run: NumberRun, groups: readonly string[], gaps: readonly string[]): boolean {
  const digits = groups.join('');
  if (gaps.includes('/')) return false;
  if (run.plus) return isInternational(digits);
  if (isChineseMobile(groups, gaps)) return true;
  // An area code or a leading zero in the middle of a longer number means nothing.
  if (run.continues) return false;
  if (digits.startsWith('00')) return groups.length > 1 && isInternational(digits.slice(2));
  const bracket = run.gaps[0] === '(' && gaps[0]?.startsWith(')') === true;
  return isNorthAmerican(groups, gaps, bracket) || (isNational(groups, digits, gaps, bracket) && !goesOnInPairs(run, groups));
}

/** Numbers of a lottery are pairs too, but more than five of them. */
const goesOnInPairs = (run: NumberRun, groups: readonly string[]): boolean =>
  groups.every(({ length }) => length === 2) && run.groups[groups.length]?.length === 2;

/** Numbers a company pays for are no person's. */
const freeOfCharge = /^(?:400|8(?:00|33|44|55|66|77|88))$/;

/** E.164 with a plus: 8 to 15 digits; where the country fixes the length, that length. */
function isInternational(digits: string): boolean {
  if (digits.startsWith('1')) return digits.length === 11;
  if (digits.startsWith('86')) return digits.length >= 11 && digits.length <= 13;
  return digits.length >= 8 && digits.length <= 15 && !digits.startsWith('0');
}

const mobile = /^(?:(?:00)?86)?1[3-9]\d{9}$/;

function isChineseMobile(groups: readonly string[], gaps: readonly string[]): boolean {
  if (!mobile.test(groups.join('')) || gaps.some((gap) => gap !== ' ' && gap !== '-')) return false;
  return /^(?:(?:2|4)-)?(?:11|3-4-4)$|^1[35]$/.test(sizesOf(groups));
}

/** `(555) 123-4567`, `555-123-4567`, `555.123.4567`, `1-555-123-4567`. Three bare groups with spaces count too. */
function isNorthAmerican(groups: readonly string[], gaps: readonly string[], bracket: boolean): boolean {
  const local = groups[0] === '1' ? groups.slice(1) : groups;
  if (sizesOf(local) !== '3-3-4' || freeOfCharge.test(local[0] ?? '') || !/^[2-9]/.test(local[0] ?? '') || !/^[2-9]/.test(local[1] ?? ''))
    return false;
  return bracket || groups[0] === '1' || new Set(gaps).size === 1;
}

/** With a leading zero, as most countries write numbers at home: `020 7946 0958`, `010-62345678`, `06 12 34 56 78`. */
function isNational(groups: readonly string[], digits: string, gaps: readonly string[], bracket: boolean): boolean {
  if (!/^0[1-9]/.test(digits) || digits.length < 9 || digits.length > 12) return false;
  // Three groups with dashes are as often an order number.
  if (digits.length === 12 && groups.length > 2 && !gaps.includes(' ')) return false;
  if (groups.length < 2 || gaps.some((gap) => gap === '.' && groups.length < 4)) return false;
  const first = groups[0]?.length ?? 0;
  if (first === 2) return bracket || sizesOf(groups) === '2-2-2-2-2' || sizesOf(groups) === '2-4-4';
  return first >= 3 && first <= 5;
}
