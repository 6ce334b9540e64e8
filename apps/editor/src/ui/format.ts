import type { Locale } from '@patchbay/flow';
import type { UsageTotal } from '@patchbay/node-kit';

/** 340 ms, 1.2 s, 2 min 5 s; in the reader's language. */
export function formatDuration(ms: number, locale: Locale): string {
  const unit = (value: number, name: string, digits = 0) =>
    new Intl.NumberFormat(locale, {
      style: 'unit',
      unit: name,
      unitDisplay: 'short',
      maximumFractionDigits: digits,
      minimumFractionDigits: digits,
    }).format(value);
  if (ms < 999.5) return unit(Math.round(ms), 'millisecond');
  if (ms < 59_950) return unit(ms / 1_000, 'second', 1);
  const seconds = Math.round(ms / 1_000);
  return `${unit(Math.floor(seconds / 60), 'minute')} ${unit(seconds % 60, 'second')}`;
}

/** Money in US dollars with as many digits as small sums need. */
export function formatCost(usd: number, locale: Locale): string {
  const digits = usd === 0 || usd >= 0.1 ? 2 : usd >= 0.001 ? 4 : 6;
  return new Intl.NumberFormat(locale, {
    style: 'currency',
    currency: 'USD',
    currencyDisplay: 'narrowSymbol',
    minimumFractionDigits: 2,
    maximumFractionDigits: digits,
  }).format(usd);
}

export const formatNumber = (value: number, locale: Locale): string => new Intl.NumberFormat(locale).format(value);

/** A size in bytes, in the unit that reads best. */
export function formatBytes(bytes: number, locale: Locale): string {
  const [value, unit] = bytes < 1_024 ? [bytes, 'byte'] : bytes < 1_048_576 ? [bytes / 1_024, 'kilobyte'] : [bytes / 1_048_576, 'megabyte'];
  // Short, English says “213 byte”.
  const unitDisplay = unit === 'byte' ? 'long' : 'short';
  return new Intl.NumberFormat(locale, { style: 'unit', unit, unitDisplay, maximumFractionDigits: value < 10 ? 1 : 0 }).format(value);
}

export const totalTokens = (usage: UsageTotal): number => usage.inputTokens + usage.outputTokens;

export const formatTime = (at: number | string, locale: Locale): string =>
  new Intl.DateTimeFormat(locale, { hour: '2-digit', minute: '2-digit' }).format(new Date(at));

export const formatMoment = (at: number | string, locale: Locale): string =>
  new Intl.DateTimeFormat(locale, { dateStyle: 'medium', timeStyle: 'medium' }).format(new Date(at));

const steps: [limit: number, size: number, unit: Intl.RelativeTimeFormatUnit][] = [
  [60, 1, 'second'],
  [3_600, 60, 'minute'],
  [86_400, 3_600, 'hour'],
  [604_800, 86_400, 'day'],
];

/** "2 minutes ago"; a date from a week on. */
export function formatAgo(at: number | string, locale: Locale, now = Date.now()): string {
  const seconds = Math.max(0, Math.round((now - new Date(at).getTime()) / 1_000));
  const step = steps.find(([limit]) => seconds < limit);
  if (step === undefined) return new Intl.DateTimeFormat(locale, { dateStyle: 'medium' }).format(new Date(at));
  const [, size, unit] = step;
  return new Intl.RelativeTimeFormat(locale, { numeric: 'auto', style: 'short' }).format(-Math.floor(seconds / size), unit);
}

/** "2 min", "3 days": how old something is, in whole units. */
export function formatAge(ms: number, locale: Locale): string {
  const seconds = Math.max(0, Math.floor(ms / 1_000));
  const [, size, unit] = steps.find(([limit]) => seconds < limit) ?? [0, 86_400, 'day'];
  return new Intl.NumberFormat(locale, { style: 'unit', unit, unitDisplay: 'short' }).format(Math.floor(seconds / size));
}
