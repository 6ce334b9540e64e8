/** How heavy signs are that say much each, such as Chinese ones, and all others. */
const dense = /[\p{Script=Han}\p{Script=Hiragana}\p{Script=Katakana}\p{Script=Hangul}\p{Script=Thai}]/u;

/** About the tokens a model reads a text as: one for a Chinese character, a quarter for a letter. Stops counting where it is over `enough`. */
export function weightOf(text: string, enough: number = Number.POSITIVE_INFINITY): number {
  let weight = 0;
  for (const sign of text) {
    weight += weightOfSign(sign);
    if (weight > enough) break;
  }
  return weight;
}

export const weightOfSign = (sign: string): number => (sign > '\u0e00' && dense.test(sign) ? 1 : 0.25);
