import { code, isDigit, isHex, isWord } from '../characters.ts';
import type { Source } from '../source.ts';

/** Length of the IP address at a place, version 4 or 6; 0 for none. */
export function addressAt(source: Source, start: number): number {
  return version4At(source, start) || version6At(source, start);
}

function version4At(source: Source, start: number): number {
  let at = start;
  for (let part = 0; part < 4; part += 1) {
    if (part > 0) {
      if (source.at(at) !== code('.')) return 0;
      at += 1;
    }
    const from = at;
    while (at - from < 4 && isDigit(source.at(at))) at += 1;
    if (at === from || Number(source.read(from, at)) > 255 || (source.at(from) === code('0') && at - from > 1)) return 0;
  }
  if (isWord(source.at(at))) return 0;
  // 1.2.3.4.5 is a numbering, not an address; a dot that ends the sentence is no part of it.
  if (source.at(at) === code('.') && isDigit(source.at(at + 1))) return 0;
  return nobodys.test(source.read(start, at)) ? 0 : at - start;
}

/** This machine, any machine, and masks of networks: addresses that lead to nobody. */
const nobodys = /^(?:127\.|0\.0\.0\.0$|255\.)/;

const longest = 45;
const colon = code(':');

function version6At(source: Source, start: number): number {
  let at = start;
  let colons = 0;
  while (at - start <= longest) {
    const here = source.at(at);
    if (here === colon) colons += 1;
    else if (!isHex(here)) break;
    at += 1;
  }
  if (colons < 2) return 0;
  // An embedded version 4 address at the end.
  if (source.at(at) === code('.')) {
    const from = lastColon(source, start, at);
    const length = from === 0 ? 0 : version4At(source, from);
    if (length > 0 && isVersion6(`${source.slice(start, from)}0:0`)) return from + length - start;
  }
  if (isWord(source.at(at)) || at - start > longest) return 0;
  // A single colon at the end belongs to the sentence.
  if (source.at(at - 1) === code(':') && source.at(at - 2) !== code(':')) at -= 1;
  const text = source.slice(start, at);
  return text !== '::1' && isVersion6(text) ? at - start : 0;
}

function lastColon(source: Source, start: number, end: number): number {
  for (let at = end - 1; at >= start; at -= 1) if (source.at(at) === code(':')) return at + 1;
  return 0;
}

/** Eight groups, or fewer with one `::`. Without any digit it is more likely code, such as `face::add`. */
function isVersion6(text: string): boolean {
  if (text.length < 3 || !/\d/.test(text) || text.includes(':::')) return false;
  const halves = text.split('::');
  if (halves.length > 2) return false;
  const groups = halves.flatMap((half) => (half === '' ? [] : half.split(':')));
  if (groups.some((group) => group.length === 0 || group.length > 4)) return false;
  return halves.length === 2 ? groups.length <= 7 && groups.length > 0 : groups.length === 8;
}
