import type { Json } from '@patchbay/node-kit';
import type { DateConfig } from './date-config.ts';
import type { Moment } from './moment.ts';
import { writePattern } from './pattern.ts';
import { weekdayOf } from './units.ts';
import { wallAt } from './zone.ts';

const styles: Record<Exclude<DateConfig['style'], 'own'>, Intl.DateTimeFormatOptions> = {
  date: { dateStyle: 'medium' },
  long: { dateStyle: 'full' },
  date_time: { dateStyle: 'medium', timeStyle: 'short' },
  time: { timeStyle: 'short' },
};

/** A date as a language writes it, or in a form of the author's own. */
export function writeDate(moment: Moment, { style, form, language, zone }: DateConfig): string {
  const locale = language === 'auto' ? 'en' : language;
  if (style === 'own') return writePattern(moment, form, { zone, language: locale });
  return new Intl.DateTimeFormat(locale, { ...styles[style], timeZone: zone }).format(moment.epoch);
}

/** The parts of a date by the zone's calendar; weekdays count from 1 for Monday, weeks as ISO 8601 does. */
export function partsOf({ epoch }: Moment, zone: string): Json {
  const wall = wallAt(epoch, zone);
  const { year, month, day, hour, minute, second } = wall;
  return { year, month, day, hour, minute, second, weekday: weekdayOf(wall), week: weekOf(wall) };
}

/** The week that holds the year's first Thursday is its first. */
function weekOf(wall: Parameters<typeof weekdayOf>[0]): number {
  const thursday = new Date(Date.UTC(wall.year, wall.month - 1, wall.day + 4 - weekdayOf(wall)));
  const start = Date.UTC(thursday.getUTCFullYear(), 0, 1);
  return Math.floor((thursday.getTime() - start) / (7 * 86_400_000)) + 1;
}
