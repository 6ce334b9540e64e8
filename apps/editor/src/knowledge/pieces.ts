export interface Piece {
  start: number;
  text: string;
  marked: boolean;
}

/** A text cut at its marks, which are in order and do not overlap. */
export function piecesOf(text: string, marks: readonly { start: number; end: number }[]): Piece[] {
  const pieces: Piece[] = [];
  let at = 0;
  const cut = (end: number, marked: boolean) => {
    if (end > at) pieces.push({ start: at, text: text.slice(at, end), marked });
    at = end;
  };
  for (const { start, end } of marks) {
    cut(start, false);
    cut(end, true);
  }
  cut(text.length, false);
  return pieces;
}
