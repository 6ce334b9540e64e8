import { StepError } from '@patchbay/node-kit';
import { tidyNumber } from '../tidy-number.ts';
import type { NumberConfig } from './number-config.ts';

/** A number as the language writes it. */
export function writeNumber(number: number, { style, currency, places, language }: NumberConfig): string {
  const digits = places === undefined ? {} : { minimumFractionDigits: places, maximumFractionDigits: places };
  try {
    return new Intl.NumberFormat(localeOf(language), { ...styles[style], ...(style === 'currency' ? { currency } : {}), ...digits }).format(
      number,
    );
  } catch {
    throw new StepError('invalid_input', 'bad_currency', { currency });
  }
}

const styles: Record<NumberConfig['style'], Intl.NumberFormatOptions> = {
  plain: { maximumFractionDigits: 12 },
  percent: { style: 'percent', maximumFractionDigits: 2 },
  currency: { style: 'currency' },
  short: { notation: 'compact' },
};

const localeOf = (language: string): string => (language === 'auto' ? 'en' : language);

/** A longer text is no number, and is not searched for one. */
const longest = 200;

/** The number a text writes in a language: its thousands signs, decimal sign and digits; currency signs and per cent around it. */
export function readNumber(text: string, language: string): number {
  const { group, decimal, digits } = signsOf(localeOf(language));
  let plain = '';
  for (const sign of text.slice(0, longest).normalize('NFKC')) {
    if (sign === decimal) plain += '.';
    else if (sign === group || /[\s'’]/u.test(sign)) continue;
    else plain += digits.get(sign) ?? (sign === '−' ? '-' : sign);
  }
  const match = /^[^\d.+-]*([+-]?)[^\d.+-]*(\d*\.?\d+(?:e[+-]?\d+)?)\.?([^\d.]*)$/i.exec(plain);
  const number = match === null ? Number.NaN : Number(`${match[1]}${match[2]}`);
  if (!Number.isFinite(number) || text.length > longest) throw new StepError('invalid_input', 'not_a_number', { text: text.slice(0, 80) });
  return match?.[3]?.includes('%') ? tidyNumber(number / 100) : number;
}

/** How a language writes numbers, read off one that it wrote. */
function signsOf(locale: string) {
  const format = new Intl.NumberFormat(locale, { useGrouping: true });
  const parts = format.formatToParts(-1_234_567.5);
  const sign = (type: Intl.NumberFormatPartTypes): string | undefined => parts.find((part) => part.type === type)?.value.normalize('NFKC');
  const plain = new Intl.NumberFormat(locale, { useGrouping: false });
  const digits = new Map(Array.from({ length: 10 }, (_, digit) => [plain.format(digit), String(digit)]));
  return { group: sign('group'), decimal: sign('decimal') ?? '.', digits };
}
