import { StepError } from '@patchbay/node-kit';

/** A date and a time of day as a calendar and a clock on the wall show them. Months count from 1. */
export interface WallTime {
  year: number;
  month: number;
  day: number;
  hour: number;
  minute: number;
  second: number;
  millisecond: number;
}

const formats = new Map<string, Intl.DateTimeFormat>();

function formatOf(zone: string): Intl.DateTimeFormat {
  let format = formats.get(zone);
  if (format === undefined) {
    try {
      format = new Intl.DateTimeFormat('en-US-u-ca-iso8601-nu-latn', {
        timeZone: zone,
        hourCycle: 'h23',
        era: 'short',
        year: 'numeric',
        month: 'numeric',
        day: 'numeric',
        hour: 'numeric',
        minute: 'numeric',
        second: 'numeric',
      });
    } catch {
      throw new StepError('invalid_input', 'bad_zone', { zone: zone.slice(0, 80) });
    }
    if (formats.size >= 50) formats.clear();
    formats.set(zone, format);
  }
  return format;
}

/** Whether there is a time zone of this name (IANA, such as Asia/Shanghai, or an offset such as +08:00). */
export function isZone(zone: string): boolean {
  try {
    formatOf(zone);
    return true;
  } catch {
    return false;
  }
}

/** What the wall shows as if it were UTC, in milliseconds since 1970. */
export function wallToUtc({ year, month, day, hour, minute, second, millisecond }: WallTime): number {
  const date = new Date(0);
  date.setUTCFullYear(year, month - 1, day);
  date.setUTCHours(hour, minute, second, millisecond);
  return date.getTime();
}

/** Turns what `wallToUtc` gave back into a wall time. */
export function utcToWall(at: number): WallTime {
  const date = new Date(at);
  return {
    year: date.getUTCFullYear(),
    month: date.getUTCMonth() + 1,
    day: date.getUTCDate(),
    hour: date.getUTCHours(),
    minute: date.getUTCMinutes(),
    second: date.getUTCSeconds(),
    millisecond: date.getUTCMilliseconds(),
  };
}

/** How far a zone is ahead of UTC at a moment, in milliseconds. */
export function offsetAt(epoch: number, zone: string): number {
  if (zone === 'UTC') return 0;
  const parts: Record<string, string> = {};
  for (const { type, value } of formatOf(zone).formatToParts(epoch)) parts[type] = value;
  const year = Number(parts['year']);
  const wall: WallTime = {
    year: parts['era']?.startsWith('B') ? 1 - year : year,
    month: Number(parts['month']),
    day: Number(parts['day']),
    hour: Number(parts['hour']),
    minute: Number(parts['minute']),
    second: Number(parts['second']),
    millisecond: 0,
  };
  return wallToUtc(wall) - Math.floor(epoch / 1000) * 1000;
}

/** What the wall shows in a zone at a moment. */
export const wallAt = (epoch: number, zone: string): WallTime => utcToWall(epoch + offsetAt(epoch, zone));

const day = 86_400_000;

/**
 * The moment at which the wall shows this time. Where clocks go back, the earlier of the two; where they go forward
 * and the time does not exist, as much later as was left out, as RFC 5545 and Temporal have it.
 */
export function epochOf(wall: WallTime, zone: string): number {
  const utc = wallToUtc(wall);
  const before = offsetAt(utc - day, zone);
  const after = offsetAt(utc + day, zone);
  const fitting = [utc - before, utc - after].filter((epoch) => epoch + offsetAt(epoch, zone) === utc);
  return fitting.length === 0 ? utc - before : Math.min(...fitting);
}
