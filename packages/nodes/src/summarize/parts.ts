/** A text in parts of at most `length` characters, cut at the end of a paragraph, a line, a sentence or a word, as far back as half a part. */
export function partsOf(text: string, length: number): string[] {
  const parts: string[] = [];
  let rest = text.trim();
  while (rest.length > length) {
    const end = cutAt(rest.slice(0, length));
    parts.push(rest.slice(0, end).trim());
    rest = rest.slice(end).trim();
  }
  return rest === '' ? parts : [...parts, rest];
}

const ends = [/\n[^\S\n]*\n/g, /\n/g, /[.!?]["'”’)]?\s|[。！？]["”’）]?/g, /\s/g];

function cutAt(piece: string): number {
  for (const pattern of ends) {
    const last = [...piece.matchAll(pattern)].at(-1);
    if (last !== undefined && last.index + last[0].length > piece.length / 2) return last.index + last[0].length;
  }
  // Between the halves of one character is no place to cut.
  const code = piece.charCodeAt(piece.length - 1);
  return code >= 0xd800 && code <= 0xdbff ? piece.length - 1 : piece.length;
}
