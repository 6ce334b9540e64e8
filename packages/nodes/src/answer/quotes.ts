/** A text with white space and typographic signs made equal, and where each character came from. */
function level(text: string): { text: string; places: number[] } {
  let shown = '';
  const places: number[] = [];
  let place = 0;
  for (const character of text) {
    const plain = /\s/.test(character)
      ? ' '
      : character
          .normalize('NFKC')
          .replace(/[“”„«»]/g, '"')
          .replace(/[‘’]/g, "'")
          .replace(/[–—]/g, '-')
          .toLowerCase();
    if (plain !== ' ' || !shown.endsWith(' ')) {
      shown += plain;
      for (let unit = 0; unit < plain.length; unit += 1) places.push(place);
    }
    place += character.length;
  }
  return { text: shown, places: [...places, place] };
}

/** The passage of a text that a quote means, as the text writes it; undefined where it says no such thing. */
export function findQuote(text: string, quote: string): string | undefined {
  const wanted = level(
    quote
      .trim()
      .replace(/^(?:"|“|「|\.\.\.|…)+|(?:"|”|」|\.\.\.|…)+$/g, '')
      .trim(),
  ).text;
  if (wanted.length < 2) return undefined;
  const source = level(text);
  const at = source.text.indexOf(wanted);
  if (at === -1) return undefined;
  const start = source.places[at] ?? 0;
  const last = source.places[at + wanted.length - 1] ?? start;
  return text.slice(start, last + String.fromCodePoint(text.codePointAt(last) ?? 32).length);
}
