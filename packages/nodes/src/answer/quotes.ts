interface Level {
  text: string;
  /** Place in the original of each UTF-16 unit. */
  places: number[];
}

/** A text with white space and typographic signs made equal, and where each character came from. */
function level(text: string): Level {
  let shown = '';
  const places: number[] = [];
  let place = 0;
  for (const character of text) {
    const plain = plainOf(character);
    if (plain !== ' ' || !shown.endsWith(' ')) {
      shown += plain;
      for (let unit = 0; unit < plain.length; unit += 1) places.push(place);
    }
    place += character.length;
  }
  return { text: shown, places };
}

function plainOf(character: string): string {
  if (/\s/.test(character)) return ' ';
  if (character.charCodeAt(0) < 128) return character.toLowerCase();
  return character
    .normalize('NFKC')
    .replace(/[“”„«»]/g, '"')
    .replace(/[‘’]/g, "'")
    .replace(/[–—]/g, '-')
    .toLowerCase();
}

/** A longer quote is no quote. */
const longest = 10_000;

/** Finds in a text the passage a quote means, as the text writes it; undefined where the text says no such thing. */
export function quoteFinder(text: string): (quote: string) => string | undefined {
  let source: Level | undefined;
  return (quote) => {
    if (quote.length > longest) return undefined;
    const bare = quote.trim().replace(/^(?:"|“|「|\.\.\.|…)+|(?:"|”|」|\.\.\.|…)+$/g, '');
    const wanted = level(bare.trim()).text;
    if (wanted.length < 2) return undefined;
    source ??= level(text);
    const at = source.text.indexOf(wanted);
    if (at === -1) return undefined;
    const last = source.places[at + wanted.length - 1] ?? 0;
    return text.slice(source.places[at], last + String.fromCodePoint(text.codePointAt(last) ?? 32).length);
  };
}
