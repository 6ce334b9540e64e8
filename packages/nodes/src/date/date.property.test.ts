import fc from 'fast-check';
import { expect, test } from 'vitest';
import { type Moment, readMoment, writeMoment } from './moment.ts';
import { readPattern, writePattern } from './pattern.ts';
import { add, difference, startOf, type Unit } from './units.ts';
import { epochOf, offsetAt, wallAt } from './zone.ts';

const zone = fc.constantFrom('UTC', 'Europe/Zurich', 'America/New_York', 'Asia/Kolkata', 'Australia/Lord_Howe', 'Pacific/Apia', '+08:00');
/** Years in which zones have whole minutes, away from the ends. */
const epoch = fc.integer({ min: Date.UTC(1950, 0, 1), max: Date.UTC(2200, 0, 1) });
const moment = epoch.map((at): Moment => ({ epoch: at, dateOnly: false }));
const unit = fc.constantFrom<Unit>('years', 'months', 'weeks', 'days', 'hours', 'minutes', 'seconds');

test('what is written is read as the same moment', () => {
  fc.assert(
    fc.property(moment, zone, (at, where) => {
      expect(readMoment(writeMoment(at, where), 'UTC')).toEqual(at);
    }),
  );
});

test('a form with all fields and the zone’s offset reads back to the same wall', () => {
  fc.assert(
    fc.property(moment, zone, (at, where) => {
      const form = 'dd.MM.yyyy HH:mm:ss.SSS';
      const text = writePattern(at, form, { zone: where, language: 'en' });
      expect(wallAt(readPattern(text, form, where).epoch, where)).toEqual(wallAt(at.epoch, where));
    }),
  );
});

test('a wall shows one moment, but where clocks go back', () => {
  fc.assert(
    fc.property(epoch, zone, (at, where) => {
      const back = epochOf(wallAt(at, where), where);
      expect(back).toBeLessThanOrEqual(at);
      expect(wallAt(back, where)).toEqual(wallAt(at, where));
      if (offsetAt(at - 90_000_000, where) === offsetAt(at + 90_000_000, where)) expect(back).toBe(at);
    }),
  );
});

test('adding the difference never passes the other, and one more would', () => {
  fc.assert(
    fc.property(moment, moment, unit, zone, (from, to, by, where) => {
      const count = difference(from, to, by, where);
      const sign = to.epoch >= from.epoch ? 1 : -1;
      expect(count * sign).toBeGreaterThanOrEqual(0);
      expect(sign * (to.epoch - add(from, count, by, where).epoch)).toBeGreaterThanOrEqual(0);
      expect(sign * (to.epoch - add(from, count + sign, by, where).epoch)).toBeLessThan(0);
    }),
  );
});

test('in UTC, what is added is the difference, but for days that a month does not have', () => {
  fc.assert(
    fc.property(moment, unit, fc.integer({ min: -500, max: 500 }), (from, by, amount) => {
      fc.pre(new Date(from.epoch).getUTCDate() <= 28);
      const to = add(from, amount, by, 'UTC');
      expect(difference(from, to, by, 'UTC')).toBe(amount + 0);
      expect(add(to, -amount, by, 'UTC').epoch).toBe(from.epoch);
    }),
  );
});

test('a beginning is not after its moment and is its own beginning', () => {
  fc.assert(
    fc.property(moment, fc.constantFrom('day', 'week', 'month', 'year'), zone, (at, period, where) => {
      const start = startOf(at, period, where);
      expect(start.epoch).toBeLessThanOrEqual(at.epoch);
      expect(startOf(start, period, where).epoch).toBe(start.epoch);
    }),
  );
});
