const digit = 1;
const letter = 2;
const emailLocal = 4;
const key = 8;
const hex = 16;

const table = new Uint8Array(128);
for (let code = 0; code < 128; code += 1) {
  const text = String.fromCharCode(code);
  let bits = 0;
  if (/\d/.test(text)) bits |= digit;
  if (/[A-Za-z]/.test(text)) bits |= letter;
  if (/[\w.!#$%&'*+/=?^`{|}~-]/.test(text)) bits |= emailLocal;
  if (/[\w-]/.test(text)) bits |= key;
  if (/[0-9A-Fa-f]/.test(text)) bits |= hex;
  table[code] = bits;
}

const has = (code: number, bits: number): boolean => code >= 0 && code < 128 && ((table[code] as number) & bits) !== 0;

export const isDigit = (code: number): boolean => code >= 48 && code <= 57;
export const isLetter = (code: number): boolean => has(code, letter);
export const isUpper = (code: number): boolean => code >= 65 && code <= 90;
export const isKeyCharacter = (code: number): boolean => has(code, key);
export const isHex = (code: number): boolean => has(code, hex);
export const isAlphanumeric = (code: number): boolean => has(code, digit | letter);
/** Letters of Latin, Greek and Cyrillic words beyond ASCII: `josé`. Chinese and Japanese text needs no space before a number. */
const isOtherLetter = (code: number): boolean => code >= 0xc0 && code <= 0x52f && code !== 0xd7 && code !== 0xf7;
/** What makes a word go on: a detector never starts in the middle of one. */
export const isWord = (code: number): boolean => isAlphanumeric(code) || isOtherLetter(code);
export const isEmailLocal = (code: number): boolean => has(code, emailLocal) || isOtherLetter(code);

export const code = (text: string): number => text.charCodeAt(0);
