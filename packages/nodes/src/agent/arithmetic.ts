import { StepError } from '@patchbay/node-kit';

/** Longest sum that is read, in characters, and how deep its brackets may go. */
const longest = 1_000;
const deepest = 100;

const functions: Readonly<Record<string, (...values: number[]) => number>> = {
  abs: Math.abs,
  ceil: Math.ceil,
  exp: Math.exp,
  floor: Math.floor,
  ln: Math.log,
  log10: Math.log10,
  max: Math.max,
  min: Math.min,
  round: (value = Number.NaN, digits = 0) => Math.round(value * 10 ** digits) / 10 ** digits,
  sqrt: Math.sqrt,
};
const constants: Readonly<Record<string, number>> = { pi: Math.PI, e: Math.E };
/** What models write for the same signs. */
const signs: Readonly<Record<string, string>> = {
  '×': '*',
  '·': '*',
  '÷': '/',
  '−': '-',
  '–': '-',
  '**': '^',
  '（': '(',
  '）': ')',
  '，': ',',
};

const tokenPattern = /\s*(?:(\d+(?:\.\d+)?(?:[eE][+-]?\d+)?|\.\d+)|([A-Za-z]\w*)|(\*\*|[-+*/%^(),×·÷−–（），]))/y;

/** Works out a sum as people and models write it. Throws `invalid_input` for anything else; it runs nothing. */
export function calculate(text: string): number {
  const tokens = read(text);
  let at = 0;
  let depth = 0;
  const bad = (): never => refuse(text);
  const take = (sign: string): boolean => {
    if (tokens[at] !== sign) return false;
    at += 1;
    return true;
  };

  function sum(): number {
    let left = product();
    for (;;) {
      if (take('+')) left += product();
      else if (take('-')) left -= product();
      else return left;
    }
  }
  function product(): number {
    let left = signed();
    for (;;) {
      if (take('*')) left *= signed();
      else if (take('/')) left /= signed();
      else if (take('%')) left %= signed();
      else return left;
    }
  }
  function signed(): number {
    depth += 1;
    if (depth > deepest) bad();
    const value = take('-') ? -signed() : take('+') ? signed() : power();
    depth -= 1;
    return value;
  }
  function power(): number {
    const base = primary();
    return take('^') ? base ** signed() : base;
  }
  function primary(): number {
    const token = tokens[at];
    at += 1;
    if (typeof token === 'number') return token;
    if (token === '(') return closed(sum());
    if (token === undefined || !/^[a-z]/.test(token)) return bad();
    if (!take('(')) return own(constants, token) ?? bad();
    const values = [sum()];
    while (take(',')) values.push(sum());
    return closed((own(functions, token) ?? bad())(...values));
  }
  const closed = (value: number): number => (take(')') ? value : bad());

  const value = sum();
  if (at !== tokens.length || !Number.isFinite(value)) bad();
  // A negative zero is zero to whoever reads it.
  return Number(value.toPrecision(15)) + 0;
}

const own = <Value>(record: Readonly<Record<string, Value>>, key: string): Value | undefined =>
  Object.hasOwn(record, key) ? record[key] : undefined;

/** Numbers, and names and signs in small letters. */
function read(text: string): (number | string)[] {
  const source = text.trim();
  if (source === '' || source.length > longest) refuse(text);
  const tokens: (number | string)[] = [];
  tokenPattern.lastIndex = 0;
  while (tokenPattern.lastIndex < source.length) {
    const [whole, number, name, sign = ''] = tokenPattern.exec(source) ?? [];
    if (whole === undefined) return refuse(text);
    tokens.push(number === undefined ? (name?.toLowerCase() ?? own(signs, sign) ?? sign) : Number(number));
  }
  return tokens;
}

function refuse(text: string): never {
  throw new StepError('invalid_input', 'sum_bad', { text: text.slice(0, 120) });
}
