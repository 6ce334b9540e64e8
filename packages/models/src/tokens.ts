/**
 * Tokens of a text, roughly: a Chinese, Japanese or Korean character is about one, other scripts about four
 * characters to one. Only for figures marked as estimated; bills come from the provider's own count.
 */
export function estimateTokens(text: string): number {
  let wide = 0;
  for (let index = 0; index < text.length; index += 1) if (text.charCodeAt(index) >= 0x2e80) wide += 1;
  return Math.ceil(wide + (text.length - wide) / 4);
}

/** A figure that money may be counted by: JSON also holds numbers below zero and, as `1e999`, beyond all. */
export const isCount = (value: unknown): value is number => typeof value === 'number' && value >= 0 && Number.isFinite(value);
