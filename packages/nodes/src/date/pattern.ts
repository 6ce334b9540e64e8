import { StepError } from '@patchbay/node-kit';
import { type Moment, pad, wallOf, writeOffset } from './moment.ts';
import { weekdayOf } from './units.ts';
import { epochOf, offsetAt, type WallTime, wallAt } from './zone.ts';

/** Signs of a date pattern, as Unicode's date patterns (UTS 35) have them; all else stands for itself, in quotes certainly. */
const tokenPattern = /'((?:[^']|'')*)'|(yyyy|yy|MMMM|MMM|MM|M|dd|d|EEEE|EEE|HH|H|hh|h|a|mm|m|ss|s|SSS|XXX)/g;

interface Scene {
  wall: WallTime;
  offset: number;
  language: string;
}

const writers: Record<string, (scene: Scene) => string> = {
  yyyy: ({ wall }) => pad(wall.year, 4),
  yy: ({ wall }) => pad(wall.year % 100),
  MMMM: (scene) => name(scene, { month: 'long' }),
  MMM: (scene) => name(scene, { month: 'short' }),
  MM: ({ wall }) => pad(wall.month),
  M: ({ wall }) => String(wall.month),
  dd: ({ wall }) => pad(wall.day),
  d: ({ wall }) => String(wall.day),
  EEEE: (scene) => name(scene, { weekday: 'long' }),
  EEE: (scene) => name(scene, { weekday: 'short' }),
  HH: ({ wall }) => pad(wall.hour),
  H: ({ wall }) => String(wall.hour),
  hh: ({ wall }) => pad(wall.hour % 12 || 12),
  h: ({ wall }) => String(wall.hour % 12 || 12),
  a: ({ wall }) => (wall.hour < 12 ? 'AM' : 'PM'),
  mm: ({ wall }) => pad(wall.minute),
  m: ({ wall }) => String(wall.minute),
  ss: ({ wall }) => pad(wall.second),
  s: ({ wall }) => String(wall.second),
  SSS: ({ wall }) => pad(wall.millisecond, 3),
  XXX: ({ offset }) => writeOffset(offset),
};

/** Some day of the month and of the week in UTC: names need no more. */
function name({ wall, language }: Scene, options: Intl.DateTimeFormatOptions): string {
  const at = options.month === undefined ? Date.UTC(2024, 0, weekdayOf(wall)) : Date.UTC(2024, wall.month - 1, 15);
  return new Intl.DateTimeFormat(language, { ...options, timeZone: 'UTC' }).format(at);
}

export function writePattern({ epoch }: Moment, pattern: string, { zone, language }: { zone: string; language: string }): string {
  const scene: Scene = { wall: wallAt(epoch, zone), offset: offsetAt(epoch, zone), language };
  return pattern.replace(tokenPattern, (token: string, quoted: string | undefined) =>
    quoted === undefined ? (writers[token]?.(scene) ?? token) : quoted === '' ? "'" : quoted.replaceAll("''", "'"),
  );
}

/** Fields that can be read back, with the most digits each may have. */
const readers: Record<string, [key: keyof WallTime, digits: number, fixed: boolean]> = {
  yyyy: ['year', 4, true],
  yy: ['year', 2, true],
  MM: ['month', 2, true],
  M: ['month', 2, false],
  dd: ['day', 2, true],
  d: ['day', 2, false],
  HH: ['hour', 2, true],
  H: ['hour', 2, false],
  hh: ['hour', 2, true],
  h: ['hour', 2, false],
  mm: ['minute', 2, true],
  m: ['minute', 2, false],
  ss: ['second', 2, true],
  s: ['second', 2, false],
  SSS: ['millisecond', 3, true],
};

/** Reads a date of numbers in the form of a pattern. Throws StepError `invalid_input` where the text is not of that form. */
export function readPattern(given: string, pattern: string, zone: string): Moment {
  const text = given.trim();
  const bad = () => new StepError('invalid_input', 'not_a_date', { text: given.slice(0, 80) });
  const found: Partial<WallTime> = {};
  let afternoon: boolean | undefined;
  let at = 0;
  let from = 0;
  for (const match of pattern.matchAll(tokenPattern)) {
    at = passLiteral(text, at, pattern.slice(from, match.index)) ?? fail(bad);
    from = match.index + match[0].length;
    const reader = readers[match[0]];
    if (match[0] === 'a') {
      const half = /^[ap]m/i.exec(text.slice(at, at + 2))?.[0].toLowerCase() ?? fail(bad);
      afternoon = half === 'pm';
      at += 2;
    } else if (reader === undefined) {
      at = passLiteral(text, at, match[1] === undefined ? fail(bad) : match[1] === '' ? "'" : match[1].replaceAll("''", "'")) ?? fail(bad);
    } else {
      const [key, most, fixed] = reader;
      const digits = /^\d+/.exec(text.slice(at, at + most))?.[0] ?? fail(bad);
      if (fixed && digits.length !== most) throw bad();
      found[key] = Number(digits) + (match[0] === 'yy' ? 2000 : 0);
      at += digits.length;
    }
  }
  if (passLiteral(text, at, pattern.slice(from)) !== text.length) throw bad();
  if (afternoon !== undefined) found.hour = ((found.hour ?? 0) % 12) + (afternoon ? 12 : 0);
  const { year, month = 1, day = 1, hour, minute = 0, second = 0, millisecond = 0 } = found;
  const wall = wallOf([year, month, day, hour ?? 0, minute, second, millisecond]);
  if (year === undefined || wall === undefined) throw bad();
  return { epoch: epochOf(wall, zone), dateOnly: hour === undefined };
}

function passLiteral(text: string, at: number, literal: string): number | undefined {
  return text.startsWith(literal, at) ? at + literal.length : undefined;
}

function fail(error: () => StepError): never {
  throw error();
}
