/** A text as word lists see it, each character with the place it came from. */
export interface Folded {
  text: string;
  /** Place in the original of each UTF-16 unit of `text`, and its end at the end. */
  places: number[];
}

const lookalikes = new Map([
  ['0', 'o'],
  ['1', 'i'],
  ['3', 'e'],
  ['4', 'a'],
  ['5', 's'],
  ['7', 't'],
  ['@', 'a'],
  ['$', 's'],
  ['!', 'i'],
]);
const invisible = /\p{Cf}|\p{Variation_Selector}|\p{M}/u;
const firstBeyondLatin = 0x2e80;
const isHan = (character: string | undefined): boolean =>
  character !== undefined && character.charCodeAt(0) >= firstBeyondLatin && /\p{Script=Han}/u.test(character);

/**
 * Undoes what people do to get past a list of words: full-width and accented letters, capitals, invisible signs, figures for
 * letters (inside a word only: `4` alone stays a four), and signs between Chinese characters.
 */
export function fold(original: string): Folded {
  const seen = levelled(original);
  const kept: number[] = [];
  for (let index = 0; index < seen.characters.length; index += 1) if (!isFiller(seen.characters, index)) kept.push(index);
  const characters = kept.map((index) => seen.characters[index] as string);
  const places: number[] = [];
  let text = '';
  for (const [index, character] of characters.entries()) {
    const shown = unmask(characters, character, index);
    text += shown;
    for (let unit = 0; unit < shown.length; unit += 1) places.push(seen.places[kept[index] as number] as number);
  }
  places.push(original.length);
  return { text, places };
}

/** Small letters without accents, width and invisible signs. */
function levelled(original: string): { characters: string[]; places: number[] } {
  const characters: string[] = [];
  const places: number[] = [];
  let place = 0;
  for (const character of original) {
    const parts = character.charCodeAt(0) < 128 ? character.toLowerCase() : character.normalize('NFKD').toLowerCase();
    for (const part of parts) {
      if (part.charCodeAt(0) >= 128 && invisible.test(part)) continue;
      characters.push(part);
      places.push(place);
    }
    place += character.length;
  }
  return { characters, places };
}

/** A sign or space that stands between two Chinese characters and ends no sentence. */
function isFiller(characters: readonly string[], index: number): boolean {
  if (!isHan(characters[index - 1]) || !isHan(characters[index + 1])) return false;
  const character = characters[index] as string;
  return /[\s\p{P}\p{S}]/u.test(character) && !/[。！？，、；：\n]/.test(character);
}

function unmask(all: readonly string[], character: string, index: number): string {
  const letter = lookalikes.get(character);
  if (letter === undefined) return character;
  const before = isLetter(all[index - 1]);
  const after = isLetter(all[index + 1]);
  return (before && after) || ((before || after) && /[@$]/.test(character)) ? letter : character;
}

const isLetter = (near: string | undefined): boolean => near !== undefined && /[a-z]/.test(near);
