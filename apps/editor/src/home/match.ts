/** True when every word of the query stands in one of the texts, whatever its case or accents. */
export function matches(query: string, ...texts: string[]): boolean {
  const plain = (text: string) => text.normalize('NFKD').replace(/\p{M}/gu, '').toLowerCase();
  const whole = plain(texts.join('\n'));
  return plain(query)
    .split(/\s+/)
    .every((word) => whole.includes(word));
}
