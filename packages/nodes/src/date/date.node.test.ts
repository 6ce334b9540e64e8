import { type Json, portsOf } from '@patchbay/node-kit';
import { runNode } from '@patchbay/node-kit/testing';
import { describe, expect, test } from 'vitest';
import { dateNode } from './date.node.ts';

const run = async (config: Record<string, Json>, inputs: Record<string, Json> = {}, now = Date.UTC(2026, 0, 1)) =>
  Object.values((await runNode(dateNode, { config, inputs, ctx: { now: () => now } })).outputs)[0];
const read = (date: Json, zone = 'UTC', pattern = '') => run({ operation: 'read', zone, pattern }, { date });

test('now is the run’s clock, as the zone’s wall shows it', async () => {
  expect(await run({})).toBe('2026-01-01T00:00:00Z');
  expect(await run({ zone: 'Asia/Kolkata' })).toBe('2026-01-01T05:30:00+05:30');
  expect(await run({ zone: 'America/New_York' }, {}, 1_767_225_600_123)).toBe('2025-12-31T19:00:00.123-05:00');
});

describe('read', () => {
  test.each<[Json, string]>([
    ['2026-03-31', '2026-03-31'],
    ['20260331', '2026-03-31'],
    ['2024-02-29', '2024-02-29'],
    ['2026-03-31T09:30', '2026-03-31T09:30:00Z'],
    ['2026-03-31 09:30:05.25', '2026-03-31T09:30:05.250Z'],
    ['2026-03-31T09:30:00+08:00', '2026-03-31T01:30:00Z'],
    ['2026-03-31T09:30:00-0330', '2026-03-31T13:00:00Z'],
    ['2026-03-31T09:30:00+02:00[Europe/Zurich]', '2026-03-31T07:30:00Z'],
    ['Tue, 24 Nov 2026 00:18:45 +0100', '2026-11-23T23:18:45Z'],
    ['24 Nov 2026 00:18 GMT', '2026-11-24T00:18:00Z'],
    [1_767_225_600, '2026-01-01T00:00:00Z'],
    [1_767_225_600_500, '2026-01-01T00:00:00.500Z'],
    ['0', '1970-01-01T00:00:00Z'],
    ['-1', '1969-12-31T23:59:59Z'],
    [' 2026-03-31 ', '2026-03-31'],
  ])('%s', async (text, expected) => expect(await read(text)).toBe(expected));

  test.each([
    '',
    'soon',
    '2026-02-30',
    '2025-02-29',
    '2026-13-01',
    '2026-03-31T25:00',
    '2026-03-31T09:60',
    '31.03.2026',
    '0000-01-01',
    '1e400',
  ])('refuses “%s”', async (text) => {
    await expect(read(text)).rejects.toMatchObject({
      errorClass: 'invalid_input',
      reason: 'not_a_date',
      params: { text: text.slice(0, 80) },
    });
  });

  test('what names no offset is of the zone', async () => {
    expect(await read('2026-07-01T09:00', 'Europe/Zurich')).toBe('2026-07-01T09:00:00+02:00');
    expect(await read('2026-01-01T09:00', 'Europe/Zurich')).toBe('2026-01-01T09:00:00+01:00');
  });

  test('a time left out when clocks go forward moves on; one that comes twice is the first', async () => {
    expect(await read('2026-03-29T02:30', 'Europe/Zurich')).toBe('2026-03-29T03:30:00+02:00');
    expect(await read('2026-10-25T02:30', 'Europe/Zurich')).toBe('2026-10-25T02:30:00+02:00');
    expect(await read('2026-03-08T02:30', 'America/New_York')).toBe('2026-03-08T03:30:00-04:00');
  });

  test.each<[string, string, string]>([
    ['31.03.2026', 'dd.MM.yyyy', '2026-03-31'],
    ['3/1/26 5:07 pm', 'M/d/yy h:mm a', '2026-03-01T17:07:00Z'],
    ['12:05 am 2026-01-01', 'hh:mm a yyyy-MM-dd', '2026-01-01T00:05:00Z'],
    ['2026年3月1日', 'yyyy年M月d日', '2026-03-01'],
    ['at 09 on 2026-03-01', "'at' HH 'on' yyyy-MM-dd", '2026-03-01T09:00:00Z'],
    ['2026', 'yyyy', '2026-01-01'],
  ])('%s as %s', async (text, pattern, expected) => expect(await read(text, 'UTC', pattern)).toBe(expected));

  test.each([
    ['2026-03-31', 'dd.MM.yyyy'],
    ['31.02.2026', 'dd.MM.yyyy'],
    ['1.3.2026', 'dd.MM.yyyy'],
    ['31.03.2026 x', 'dd.MM.yyyy'],
    ['31.03', 'dd.MM'],
    ['March 2026', 'MMMM yyyy'],
  ])('refuses “%s” as %s', async (text, pattern) => {
    await expect(read(text, 'UTC', pattern)).rejects.toMatchObject({ reason: 'not_a_date' });
  });
});

describe('add', () => {
  const add = (date: string, amount: number, unit: string, zone = 'UTC') => run({ operation: 'add', unit, zone }, { date, amount });

  test.each<[string, number, string, string]>([
    ['2026-01-31', 1, 'months', '2026-02-28'],
    ['2024-01-31', 1, 'months', '2024-02-29'],
    ['2024-02-29', 1, 'years', '2025-02-28'],
    ['2026-01-15', -13, 'months', '2024-12-15'],
    ['2026-01-01', -1, 'days', '2025-12-31'],
    ['2026-01-01', 2, 'weeks', '2026-01-15'],
    ['2026-01-01', 1.9, 'days', '2026-01-02'],
    ['2026-01-01', 90, 'minutes', '2026-01-01T01:30:00Z'],
    ['2026-01-01T00:00:00Z', 0.5, 'hours', '2026-01-01T00:30:00Z'],
  ])('%s and %d %s', async (date, amount, unit, expected) => expect(await add(date, amount, unit)).toBe(expected));

  test('days keep the time on the wall through a change of clocks; hours are exact', async () => {
    expect(await add('2026-03-28T12:00', 1, 'days', 'Europe/Zurich')).toBe('2026-03-29T12:00:00+02:00');
    expect(await add('2026-03-28T12:00', 24, 'hours', 'Europe/Zurich')).toBe('2026-03-29T13:00:00+02:00');
  });

  test('one where no amount is wired', async () => expect(await run({ operation: 'add' }, { date: '2026-01-01' })).toBe('2026-01-02'));

  test.each([1e9, 1e300])('years that four digits cannot write are refused (%d)', async (amount) => {
    for (const unit of ['years', 'days', 'seconds'])
      await expect(add('2026-01-01', amount * 1000, unit)).rejects.toMatchObject({ reason: 'date_out_of_range' });
  });
});

describe('difference', () => {
  const difference = (date: string, until: string, unit: string, zone = 'UTC') =>
    run({ operation: 'difference', unit, zone }, { date, until });

  test.each<[string, string, string, number]>([
    ['2000-02-29', '2026-02-28', 'years', 26],
    ['2026-01-31', '2026-02-28', 'months', 1],
    ['2026-02-28', '2026-01-31', 'months', 0],
    ['2026-03-01', '2026-01-31', 'months', -1],
    ['2026-01-01', '2026-01-01', 'days', 0],
    ['2026-01-01T12:00', '2026-01-02T11:00', 'days', 0],
    ['2026-01-01', '2025-12-20', 'days', -12],
    ['2026-01-01', '2026-01-20', 'weeks', 2],
    ['2026-01-01T00:00:59Z', '2026-01-01T01:01:00Z', 'minutes', 60],
    ['0002-01-01', '9998-12-31', 'years', 9996],
  ])('from %s to %s in %s', async (date, until, unit, expected) => expect(await difference(date, until, unit)).toBe(expected));

  test('a day of 23 hours is a day', async () => {
    expect(await difference('2026-03-29', '2026-03-30', 'days', 'Europe/Zurich')).toBe(1);
    expect(await difference('2026-03-29', '2026-03-30', 'hours', 'Europe/Zurich')).toBe(23);
  });
});

test.each<[string, string, string, string]>([
  ['2026-03-31T12:00:00Z', 'day', 'UTC', '2026-03-31T00:00:00Z'],
  ['2026-03-31T23:00:00Z', 'day', 'Asia/Tokyo', '2026-04-01T00:00:00+09:00'],
  ['2026-11-26', 'week', 'UTC', '2026-11-23'],
  ['2026-11-29', 'week', 'UTC', '2026-11-23'],
  ['2026-03-31', 'month', 'UTC', '2026-03-01'],
  ['2026-03-31', 'year', 'UTC', '2026-01-01'],
])('the beginning of %s by %s in %s', async (date, period, zone, expected) =>
  expect(await run({ operation: 'start', period, zone }, { date })).toBe(expected),
);

test('parts, with weeks as ISO counts them', async () => {
  const parts = (date: string) => run({ operation: 'parts' }, { date });
  expect(await parts('2026-11-26T09:05:07Z')).toEqual({
    year: 2026,
    month: 11,
    day: 26,
    hour: 9,
    minute: 5,
    second: 7,
    weekday: 4,
    week: 48,
  });
  expect(await parts('2027-01-01')).toMatchObject({ weekday: 5, week: 53 });
  expect(await parts('2024-12-30')).toMatchObject({ weekday: 1, week: 1 });
});

describe('write', () => {
  const write = (config: Record<string, Json>, date = '2026-03-01T16:05:00Z') => run({ operation: 'write', ...config }, { date });

  test.each<[Record<string, Json>, string]>([
    [{}, 'Mar 1, 2026'],
    [{ language: 'zh-Hans', style: 'long' }, '2026年3月1日星期日'],
    [{ language: 'en-GB', style: 'date_time' }, '1 Mar 2026, 16:05'],
    [{ language: 'de', style: 'time', zone: 'Asia/Shanghai' }, '00:05'],
    [{ style: 'own' }, '2026-03-01 16:05'],
    [{ style: 'own', form: "EEEE, d MMMM yyyy 'at' h:mm a XXX ''x", language: 'fr' }, "dimanche, 1 mars 2026 at 4:05 PM Z 'x"],
    [{ style: 'own', form: 'EEE MMM dd yy H.m.s.SSS XXX', zone: 'Asia/Kolkata' }, 'Sun Mar 01 26 21.35.0.000 +05:30'],
  ])('%j', async (config, expected) => expect(await write(config)).toBe(expected));
});

test('a zone that is none is refused: in the settings at its place, from a chip in the run', async () => {
  expect(portsOf(dateNode, { type: 'date', config: { zone: 'Mars/Base' } }).issues).toEqual([
    expect.objectContaining({ path: ['zone'], message: '“Mars/Base” does not have the right form.' }),
  ]);
  expect(portsOf(dateNode, { type: 'date', config: { zone: '{{zone}}' } }).issues).toEqual([]);
  await expect(run({ zone: '{{zone}}' }, { zone: 'Mars/Base' })).rejects.toMatchObject({
    reason: 'bad_zone',
    params: { zone: 'Mars/Base' },
  });
});
