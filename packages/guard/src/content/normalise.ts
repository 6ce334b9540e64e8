/** A text as word lists see it, each character with the place it came from. */
export interface Folded {
  text: string;
  /** Place in the original of each UTF-16 unit of `text`, and its end at the end. */
  places: number[];
}

const lookalikes: Readonly<Record<string, string>> = {
  '0': 'o',
  '1': 'i',
  '3': 'e',
  '4': 'a',
  '5': 's',
  '7': 't',
  '@': 'a',
  $: 's',
  '!': 'i',
};
const invisible = /\p{Cf}|\p{Variation_Selector}/u;
const isHan = (character: string | undefined): boolean => character !== undefined && /\p{Script=Han}/u.test(character);

/**
 * Undoes what people do to get past a list of words: full-width and accented letters, capitals, invisible signs, figures for
 * letters (inside a word only: `4` alone stays a four), and signs between Chinese characters.
 */
export function fold(original: string): Folded {
  const kept: { character: string; place: number }[] = [];
  let place = 0;
  for (const character of original) {
    for (const part of character.normalize('NFKD').toLowerCase())
      if (!/\p{M}/u.test(part) && !invisible.test(part)) kept.push({ character: part, place });
    place += character.length;
  }
  const shown = kept
    .filter(({ character }, index) => !isFiller(kept, character, index))
    .map((entry, index, all) => ({ ...entry, character: unmask(all, entry.character, index) }));
  const places = shown.flatMap(({ character, place: from }) => Array.from({ length: character.length }, () => from));
  return { text: shown.map(({ character }) => character).join(''), places: [...places, original.length] };
}

/** A sign or space that stands between two Chinese characters. */
function isFiller(kept: readonly { character: string }[], character: string, index: number): boolean {
  return (
    /[\s\p{P}\p{S}]/u.test(character) &&
    isHan(kept[index - 1]?.character) &&
    isHan(kept[index + 1]?.character) &&
    !/[。！？，、；：\n]/.test(character)
  );
}

function unmask(all: readonly { character: string }[], character: string, index: number): string {
  const letter = Object.hasOwn(lookalikes, character) ? lookalikes[character] : undefined;
  if (letter === undefined) return character;
  const isLetter = (near: string | undefined) => near !== undefined && /[a-z]/.test(near);
  const before = isLetter(all[index - 1]?.character);
  const after = isLetter(all[index + 1]?.character);
  return (before && after) || ((before || after) && /[@$]/.test(character)) ? letter : character;
}
