/** What is found; also what stands in its place: `[EMAIL]`. */
export const kinds = ['email', 'phone', 'card', 'id', 'iban', 'ip', 'key'] as const;
export type Kind = (typeof kinds)[number];

/** A place in a text, offsets in UTF-16 units, end exclusive. */
export interface Span {
  kind: Kind;
  start: number;
  end: number;
}
