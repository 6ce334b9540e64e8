/** Check digits and dates of identity numbers. Each takes the bare number: digits, and letters in capitals. */
export type Check = (number: string) => boolean;

const digit = (text: string, place: number): number => text.charCodeAt(place) - 48;
const weighted = (text: string, weights: readonly number[]): number =>
  weights.reduce((sum, weight, place) => sum + weight * digit(text, place), 0);
const dayOfMonth = (day: number): boolean => day >= 1 && day <= 31;
const monthOfYear = (month: number): boolean => month >= 1 && month <= 12;
const two = (text: string, place: number): number => Number(text.slice(place, place + 2));

/** Spain: DNI with 8 digits, NIE with X, Y or Z for the first of them; a letter from the rest of a division by 23. */
export const isSpanish: Check = (number) =>
  /^(?:\d{8}|[XYZ]\d{7})[A-Z]$/.test(number) &&
  'TRWAGMYFPDXBNJZSQVHLCKE'[Number(number.slice(0, 8).replace(/^[XYZ]/, (letter) => String('XYZ'.indexOf(letter)))) % 23] === number[8];

const oddValues = [1, 0, 5, 7, 9, 13, 15, 17, 19, 21, 2, 4, 18, 20, 11, 3, 6, 8, 12, 14, 16, 10, 22, 25, 24, 23];
/** Italy: codice fiscale, 16 characters; odd and even places have values of their own. */
export const isItalian: Check = (number) => {
  if (!/^[A-Z]{6}[\dLMNPQRSTUV]{2}[ABCDEHLMPRST][\dLMNPQRSTUV]{2}[A-Z][\dLMNPQRSTUV]{3}[A-Z]$/.test(number)) return false;
  let sum = 0;
  for (let place = 0; place < 15; place += 1) {
    const value = Number.parseInt(number[place] as string, 36) - (number.charCodeAt(place) > 57 ? 10 : 0);
    sum += place % 2 === 0 ? (oddValues[value] as number) : value;
  }
  return number.charCodeAt(15) - 65 === sum % 26;
};

/** France: NIR, sex, year, month, place, order and a key to 97; Corsica has letters for its place. */
export const isFrench: Check = (number) => {
  if (!/^[1278]\d{2}(?:0[1-9]|1[0-2]|[2-4]\d|5[0-4]|6[2-9]|7\d|8\d|9\d)(?:\d{2}|2[AB])\d{8}$/.test(number)) return false;
  const body = Number(number.slice(0, 13).replace('2A', '19').replace('2B', '18'));
  return 97 - (body % 97) === Number(number.slice(13));
};

/** Belgium: date, order and a key to 97; born since 2000 a 2 stands before it. */
export const isBelgian: Check = (number) => {
  if (!/^\d{11}$/.test(number) || two(number, 2) > 12 || two(number, 4) > 31) return false;
  const key = Number(number.slice(9));
  return [number.slice(0, 9), `2${number.slice(0, 9)}`].some((body) => 97 - (Number(body) % 97) === key);
};

/** The rest the check digit of ISO 7064 MOD 11,10 closes: Germany and Croatia. */
const passesMod1110: Check = (number) => {
  let product = 10;
  for (let place = 0; place < number.length - 1; place += 1) product = (((digit(number, place) + product) % 10 || 10) * 2) % 11;
  return (11 - product) % 10 === digit(number, number.length - 1);
};
/** Germany: Steuer-ID; of the first ten digits one or two stand there more than once. */
export const isGerman: Check = (number) =>
  /^[1-9]\d{10}$/.test(number) && [8, 9].includes(new Set(number.slice(0, 10)).size) && passesMod1110(number);
/** Croatia: OIB. */
export const isCroatian: Check = (number) => /^\d{11}$/.test(number) && passesMod1110(number);

/** The Netherlands: BSN, the eleven test. */
export const isDutch: Check = (number) =>
  /^\d{9}$/.test(number) && weighted(number, [9, 8, 7, 6, 5, 4, 3, 2, -1]) % 11 === 0 && Number(number) > 0;

/** Poland: PESEL; the month also says the century. */
export const isPolish: Check = (number) =>
  /^\d{11}$/.test(number) &&
  monthOfYear(two(number, 2) % 20) &&
  dayOfMonth(two(number, 4)) &&
  weighted(number, [1, 3, 7, 9, 1, 3, 7, 9, 1, 3, 1]) % 10 === 0;

/** Portugal: NIF. */
export const isPortuguese: Check = (number) => {
  if (!/^[1-35689]\d{8}$/.test(number)) return false;
  const rest = 11 - (weighted(number, [9, 8, 7, 6, 5, 4, 3, 2]) % 11);
  return (rest > 9 ? 0 : rest) === digit(number, 8);
};

/** Sweden: personnummer with its Luhn digit; the century is no part of the check, a day above 60 is a coordination number. */
export const isSwedish: Check = (number) => {
  const short = number.slice(-10);
  if (!/^(?:(?:19|20)\d{10}|\d{10})$/.test(number) || !monthOfYear(two(short, 2)) || !dayOfMonth(two(short, 4) % 60)) return false;
  let sum = 0;
  for (let place = 0; place < 10; place += 1) {
    const value = digit(short, place) * (place % 2 === 0 ? 2 : 1);
    sum += value > 9 ? value - 9 : value;
  }
  return sum % 10 === 0;
};

/** Finland: date, sign of the century, order, and a character from the rest to 31. */
export const isFinnish: Check = (number) =>
  /^\d{6}[-+A-FU-Y]\d{3}[\dA-Y]$/.test(number) &&
  dayOfMonth(two(number, 0)) &&
  monthOfYear(two(number, 2)) &&
  '0123456789ABCDEFHJKLMNPRSTUVWXY'[Number(number.slice(0, 6) + number.slice(7, 10)) % 31] === number[10];

/** Ireland: PPS, seven digits, a check letter, and since 2013 one more. */
export const isIrish: Check = (number) => {
  if (!/^\d{7}[A-W][A-IW]?$/.test(number)) return false;
  const second = number[8] === undefined || number[8] === 'W' ? 0 : 9 * (number.charCodeAt(8) - 64);
  return 'WABCDEFGHIJKLMNOPQRSTUV'[(weighted(number, [8, 7, 6, 5, 4, 3, 2]) + second) % 23] === number[7];
};

/** Romania: CNP. */
export const isRomanian: Check = (number) => {
  if (!/^[1-9]\d{12}$/.test(number) || !monthOfYear(two(number, 3)) || !dayOfMonth(two(number, 5))) return false;
  const rest = weighted(number, [2, 7, 9, 1, 4, 6, 3, 5, 8, 2, 7, 9]) % 11;
  return (rest === 10 ? 1 : rest) === digit(number, 12);
};

/** Bulgaria: EGN; the month also says the century. */
export const isBulgarian: Check = (number) =>
  /^\d{10}$/.test(number) &&
  monthOfYear(two(number, 2) % 20) &&
  dayOfMonth(two(number, 4)) &&
  (weighted(number, [2, 4, 8, 5, 10, 9, 7, 3, 6]) % 11) % 10 === digit(number, 9);

/** Czechia and Slovakia: rodné číslo since 1954; women have 50 added to the month. */
export const isCzech: Check = (number) =>
  /^\d{10}$/.test(number) && monthOfYear((two(number, 2) % 50) % 20) && dayOfMonth(two(number, 4)) && Number(number) % 11 === 0;
