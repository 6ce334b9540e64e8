import { StepError } from '@patchbay/node-kit';
import { epochOf, offsetAt, utcToWall, type WallTime, wallAt, wallToUtc } from './zone.ts';

/** A point in time; `dateOnly` where only a day was given, which then begins at midnight of the zone. */
export interface Moment {
  epoch: number;
  dateOnly: boolean;
}

const dayPattern = /^(\d{4})-?(\d{2})-?(\d{2})$/;
const timePattern =
  /^(\d{4})-(\d{2})-(\d{2})[T ](\d{2}):(\d{2})(?::(\d{2})(?:[.,](\d{1,9}))?)?\s?(Z|[+-]\d{2}:?\d{2}|[+-]\d{2})?(?:\[[^\]]{1,60}\])?$/i;
// As mail writes it (RFC 5322): Tue, 24 Nov 2026 00:18:45 +0000
const mailPattern =
  /^(?:[A-Za-z]{3},\s*)?(\d{1,2}) ([A-Za-z]{3}) (\d{4}) (\d{2}):(\d{2})(?::(\d{2}))? (GMT|UTC|UT|[+-]\d{4})(?: \([^)]{0,40}\))?$/;
const numberPattern = /^-?\d{1,15}(?:\.\d{1,9})?$/;
const monthNames = ['jan', 'feb', 'mar', 'apr', 'may', 'jun', 'jul', 'aug', 'sep', 'oct', 'nov', 'dec'];

/** Below this a number counts seconds since 1970, from it on milliseconds: as seconds it would be the year 5138. */
const secondsBelow = 1e11;

/** Reads ISO 8601, the date of a mail, or a count of seconds or milliseconds since 1970. What names no offset is of the zone. */
export function readMoment(given: string, zone: string): Moment {
  const text = given.trim();
  const bad = () => new StepError('invalid_input', 'not_a_date', { text: given.slice(0, 80) });
  const day = dayPattern.exec(text);
  if (day !== null) {
    const wall = wallOf(day.slice(1, 4).map(Number));
    if (wall === undefined) throw bad();
    return { epoch: epochOf(wall, zone), dateOnly: true };
  }
  if (numberPattern.test(text)) {
    const number = Number(text);
    return inRange({ epoch: Math.round(Math.abs(number) < secondsBelow ? number * 1000 : number), dateOnly: false });
  }
  const read = readIso(text) ?? readMail(text);
  if (read?.wall === undefined) throw bad();
  if (read.offset === undefined) return { epoch: epochOf(read.wall, zone), dateOnly: false };
  return { epoch: wallToUtc(read.wall) - read.offset, dateOnly: false };
}

interface Written {
  wall: WallTime | undefined;
  offset: number | undefined;
}

function readIso(text: string): Written | undefined {
  const match = timePattern.exec(text);
  if (match === null) return undefined;
  const [year, month, day, hour, minute, second = 0] = match.slice(1, 7).map((part) => (part === undefined ? undefined : Number(part)));
  const millisecond = match[7] === undefined ? 0 : Math.floor(Number(`0.${match[7]}`) * 1000);
  return { wall: wallOf([year, month, day, hour, minute, second, millisecond]), offset: readOffset(match[8]) };
}

function readMail(text: string): Written | undefined {
  const match = mailPattern.exec(text);
  if (match === null) return undefined;
  const month = monthNames.indexOf((match[2] as string).toLowerCase()) + 1;
  const [day, year, hour, minute, second] = [match[1], match[3], match[4], match[5], match[6] ?? '0'].map(Number);
  return { wall: wallOf([year, month, day, hour, minute, second]), offset: readOffset(match[7]) };
}

function readOffset(text: string | undefined): number | undefined {
  if (text === undefined) return undefined;
  const match = /^([+-])(\d{2}):?(\d{2})?$/.exec(text);
  if (match === null) return 0;
  return (match[1] === '-' ? -1 : 1) * (Number(match[2]) * 60 + Number(match[3] ?? 0)) * 60_000;
}

/** A wall time of numbers, or nothing where the calendar has no such day or the clock no such time. */
export function wallOf([year = 0, month = 0, day = 0, hour = 0, minute = 0, second = 0, millisecond = 0]: (number | undefined)[]):
  | WallTime
  | undefined {
  const wall = { year, month, day, hour, minute, second, millisecond };
  const back = utcToWall(wallToUtc(wall));
  const same = (Object.keys(wall) as (keyof WallTime)[]).every((key) => wall[key] === back[key]);
  return same && year >= 1 && year <= 9999 ? wall : undefined;
}

const first = wallToUtc({ year: 1, month: 1, day: 1, hour: 0, minute: 0, second: 0, millisecond: 0 });
const last = wallToUtc({ year: 9999, month: 12, day: 31, hour: 23, minute: 59, second: 59, millisecond: 999 });

/** Throws StepError `invalid_input` outside of the years that four digits can write. */
export function inRange(moment: Moment): Moment {
  // A day of room at both ends: no zone may push a moment out of them.
  if (moment.epoch < first + 86_400_000 || moment.epoch > last - 86_400_000) throw new StepError('invalid_input', 'date_out_of_range');
  return moment;
}

/** ISO 8601 with the zone's offset (RFC 3339); a day alone stays one. */
export function writeMoment({ epoch, dateOnly }: Moment, zone: string): string {
  const offset = offsetAt(epoch, zone);
  // Local mean times of old have seconds, which an offset cannot write.
  if (offset % 60_000 !== 0 && !dateOnly) return writeMoment({ epoch, dateOnly }, 'UTC');
  const { year, month, day, hour, minute, second, millisecond } = wallAt(epoch, zone);
  const date = `${pad(year, 4)}-${pad(month)}-${pad(day)}`;
  if (dateOnly) return date;
  const fraction = millisecond === 0 ? '' : `.${pad(millisecond, 3)}`;
  return `${date}T${pad(hour)}:${pad(minute)}:${pad(second)}${fraction}${writeOffset(offset)}`;
}

/** `Z`, or hours and minutes with their sign. */
export function writeOffset(offset: number): string {
  if (offset === 0) return 'Z';
  const minutes = Math.abs(Math.trunc(offset / 60_000));
  return `${offset < 0 ? '-' : '+'}${pad(Math.floor(minutes / 60))}:${pad(minutes % 60)}`;
}

export const pad = (number: number, length = 2): string => String(number).padStart(length, '0');
