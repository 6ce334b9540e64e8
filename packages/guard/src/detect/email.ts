import { code, isAlphanumeric, isEmailLocal, isLetter, isWord } from '../characters.ts';
import type { Source } from '../source.ts';

const longestLocal = 128;
const longestDomain = 255;
const longestLabel = 63;

/** `photo@2x.png` is a picture. */
const files = new Set(['png', 'jpg', 'jpeg', 'gif', 'svg', 'webp', 'pdf', 'css', 'js', 'ts', 'json']);

/** Length of the mail address at a place, 0 for none. */
export function emailAt(source: Source, start: number): number {
  let at = start;
  if (!isWord(source.at(at)) && source.at(at) !== code('_')) return 0;
  while (at - start <= longestLocal && isEmailLocal(source.at(at))) at += 1;
  if (at === start || source.at(at) !== code('@')) return 0;
  const end = domainEnd(source, at + 1);
  return end === 0 ? 0 : end - start;
}

/** Where the domain ends: labels with dots, the last of letters. A dot that ends the sentence is left out. */
function domainEnd(source: Source, from: number): number {
  let end = 0;
  let at = from;
  while (at - from < longestDomain) {
    const labelStart = at;
    let letters = true;
    while (at - labelStart < longestLabel && (isAlphanumeric(source.at(at)) || source.at(at) === code('-'))) {
      if (!isLetter(source.at(at))) letters = false;
      at += 1;
    }
    if (at === labelStart || isAlphanumeric(source.at(at))) break;
    if (labelStart > from && at - labelStart >= 2 && (letters || source.startsWith('xn--', labelStart)))
      end = files.has(source.slice(labelStart, at).toLowerCase()) ? 0 : at;
    if (source.at(at) !== code('.')) break;
    at += 1;
  }
  return end;
}
