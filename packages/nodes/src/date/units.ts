import { inRange, type Moment } from './moment.ts';
import { epochOf, utcToWall, type WallTime, wallAt, wallToUtc } from './zone.ts';

export type Unit = 'years' | 'months' | 'weeks' | 'days' | 'hours' | 'minutes' | 'seconds';

/** Units of exact length, in milliseconds. The others follow the calendar of the zone. */
const exact: Partial<Record<Unit, number>> = { hours: 3_600_000, minutes: 60_000, seconds: 1_000 };
const roughly: Record<Unit, number> = {
  years: 365.2425 * 86_400_000,
  months: 30.436875 * 86_400_000,
  weeks: 7 * 86_400_000,
  days: 86_400_000,
  hours: 3_600_000,
  minutes: 60_000,
  seconds: 1_000,
};

/**
 * Adds an amount of a unit. Days and longer keep the time on the wall through a change of clocks, whole ones only;
 * a day that a month does not have becomes its last. Hours and shorter are exact.
 */
export function add(moment: Moment, amount: number, unit: Unit, zone: string): Moment {
  const length = exact[unit];
  if (length !== undefined) return inRange({ epoch: Math.round(moment.epoch + amount * length), dateOnly: false });
  const whole = Math.trunc(amount);
  if (whole === 0) return moment;
  // Far out of the years that can be written; the calendar below would lose its way.
  if (Math.abs(whole) > 4_000_000) return inRange({ epoch: Number.POSITIVE_INFINITY, dateOnly: false });
  const wall = wallAt(moment.epoch, zone);
  const moved = unit === 'years' || unit === 'months' ? addMonths(wall, unit === 'years' ? whole * 12 : whole) : addDays(wall, unit, whole);
  return inRange({ epoch: epochOf(moved, zone), dateOnly: moment.dateOnly });
}

const addDays = (wall: WallTime, unit: Unit, amount: number): WallTime =>
  utcToWall(wallToUtc(wall) + amount * (unit === 'weeks' ? 7 : 1) * 86_400_000);

function addMonths(wall: WallTime, amount: number): WallTime {
  const months = wall.year * 12 + wall.month - 1 + amount;
  const year = Math.floor(months / 12);
  const month = months - year * 12 + 1;
  const longest = utcToWall(wallToUtc({ ...wall, year, month: month + 1, day: 0 })).day;
  return { ...wall, year, month, day: Math.min(wall.day, longest) };
}

/** How many whole units from one moment to another; negative where the other is earlier. Adding them never passes it. */
export function difference(from: Moment, to: Moment, unit: Unit, zone: string): number {
  const span = to.epoch - from.epoch;
  const length = exact[unit];
  if (length !== undefined) return Math.trunc(span / length) + 0;
  if (span === 0) return 0;
  const sign = Math.sign(span);
  const reaches = (count: number): boolean => sign * (to.epoch - add(from, sign * count, unit, zone).epoch) >= 0;
  let count = Math.max(0, Math.floor(Math.abs(span) / roughly[unit]) - 1);
  while (count > 0 && !reaches(count)) count -= 1;
  while (isReached(reaches, count + 1)) count += 1;
  return sign * count + 0;
}

/** The step beyond the last year that can be written is not reached. */
function isReached(reaches: (count: number) => boolean, count: number): boolean {
  try {
    return reaches(count);
  } catch {
    return false;
  }
}

/** The beginning of the day, week (Monday, ISO 8601), month or year that a moment is in, by the zone's calendar. */
export function startOf(moment: Moment, unit: 'day' | 'week' | 'month' | 'year', zone: string): Moment {
  const wall = wallAt(moment.epoch, zone);
  const start: WallTime = { ...wall, hour: 0, minute: 0, second: 0, millisecond: 0 };
  if (unit === 'year') start.month = 1;
  if (unit === 'year' || unit === 'month') start.day = 1;
  const back = unit === 'week' ? weekdayOf(wall) - 1 : 0;
  return inRange({ epoch: epochOf(utcToWall(wallToUtc(start) - back * 86_400_000), zone), dateOnly: moment.dateOnly });
}

/** 1 for Monday up to 7 for Sunday (ISO 8601). */
export const weekdayOf = (wall: WallTime): number => ((new Date(wallToUtc(wall)).getUTCDay() + 6) % 7) + 1;
