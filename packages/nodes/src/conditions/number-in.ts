/** The number a text writes out, undefined where it writes none. */
export function numberIn(text: string): number | undefined {
  const number = text.trim() === '' ? Number.NaN : Number(text.trim());
  return Number.isNaN(number) ? undefined : number;
}
