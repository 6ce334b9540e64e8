import { code, isDigit, isKeyCharacter, isUpper } from '../characters.ts';
import type { Source } from '../source.ts';

/** How keys of well-known services begin, longest first where one begins another. */
const prefixes = [
  'sk-',
  'sk_live_',
  'sk_test_',
  'rk_live_',
  'rk_test_',
  'pk_live_',
  'ghp_',
  'gho_',
  'ghu_',
  'ghs_',
  'ghr_',
  'github_pat_',
  'glpat-',
  'xoxb-',
  'xoxp-',
  'xoxa-',
  'xoxr-',
  'xoxs-',
  'AIza',
  'hf_',
  'npm_',
  'pypi-',
  'SG.',
  'whsec_',
  'dop_v1_',
  'pb_live_',
  'pb_test_',
];
const byFirst = new Map<number, string[]>();
for (const prefix of prefixes) byFirst.set(code(prefix), [...(byFirst.get(code(prefix)) ?? []), prefix]);

const least = 16;
const looked = 40;

/**
 * Length of the beginning of a secret key at a place, 0 for none. Keys have no longest length: what follows and still
 * belongs to it is for the scanner to swallow.
 */
export function keyAt(source: Source, start: number): number {
  const first = source.at(start);
  for (const prefix of byFirst.get(first) ?? []) {
    const length = source.startsWith(prefix, start) ? bodyAt(source, start + prefix.length) : 0;
    if (length > 0) return prefix.length + length;
  }
  if (first === code('A')) return accessKeyAt(source, start);
  return first === code('e') ? webTokenAt(source, start) : 0;
}

/** A key is long and holds a digit; `sk-learn-is-a-library` does not. */
function bodyAt(source: Source, start: number): number {
  let at = start;
  let digits = 0;
  while (at - start < looked && isKeyCharacter(source.at(at))) {
    if (isDigit(source.at(at))) digits += 1;
    at += 1;
  }
  return at - start >= least && digits > 0 ? at - start : 0;
}

/** AWS: AKIA or ASIA and sixteen capitals and digits. */
function accessKeyAt(source: Source, start: number): number {
  if (!source.startsWith('AKIA', start) && !source.startsWith('ASIA', start)) return 0;
  let at = start + 4;
  while (at - start < 20 && (isUpper(source.at(at)) || isDigit(source.at(at)))) at += 1;
  return at - start === 20 && !isKeyCharacter(source.at(at)) ? 20 : 0;
}

/** A JSON web token: two parts that begin like JSON in base64url. */
function webTokenAt(source: Source, start: number): number {
  if (!source.startsWith('eyJ', start)) return 0;
  let at = start + 3;
  while (at - start < 600 && isKeyCharacter(source.at(at))) at += 1;
  return at - start > 12 && source.startsWith('.eyJ', at) ? at + 4 - start : 0;
}
