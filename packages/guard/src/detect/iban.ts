import { code, isAlphanumeric, isDigit, isLetter } from '../characters.ts';
import type { Source } from '../source.ts';

/** Lengths by country, from the IBAN registry. */
const lengths = new Map(
  (
    'AD24 AE23 AL28 AT20 AZ28 BA20 BE16 BG22 BH22 BR29 BY28 CH21 CR22 CY28 CZ24 DE22 DK18 DO28 EE20 EG29 ES24 FI18 FO18 FR27 ' +
    'GB22 GE22 GI23 GL18 GR27 GT28 HR21 HU28 IE22 IL23 IQ23 IS26 IT27 JO30 KW30 KZ20 LB28 LC32 LI21 LT20 LU20 LV21 LY25 MC27 ' +
    'MD24 ME22 MK19 MR27 MT31 MU30 NL18 NO15 PK24 PL28 PS29 PT25 QA29 RO24 RS22 SA24 SC31 SE24 SI19 SK24 SM27 ST25 SV28 TL23 ' +
    'TN24 TR26 UA29 VA22 VG24 XK20'
  )
    .split(' ')
    .map((entry) => [entry.slice(0, 2), Number(entry.slice(2))]),
);

/** Length of the bank account number at a place, single spaces included; 0 for none. */
export function ibanAt(source: Source, start: number): number {
  if (!isLetter(source.at(start)) || !isLetter(source.at(start + 1))) return 0;
  if (!isDigit(source.at(start + 2)) || !isDigit(source.at(start + 3))) return 0;
  const wanted = lengths.get(source.slice(start, start + 2).toUpperCase());
  if (wanted === undefined) return 0;
  let at = start;
  let number = '';
  while (number.length < wanted) {
    if (source.at(at) === code(' ')) at += 1;
    if (!isAlphanumeric(source.at(at))) return 0;
    number += source.slice(at, at + 1);
    at += 1;
  }
  return !isAlphanumeric(source.at(at)) && leavesOne(number.toUpperCase()) ? at - start : 0;
}

/** The check of ISO 13616: rearranged, letters as 10 to 35, the rest of a division by 97 is 1. */
function leavesOne(iban: string): boolean {
  let rest = 0;
  for (const character of iban.slice(4) + iban.slice(0, 4)) {
    const value = Number.parseInt(character, 36);
    rest = (rest * (value > 9 ? 100 : 10) + value) % 97;
  }
  return rest === 1;
}
