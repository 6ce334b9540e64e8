import type { Figures } from './figures.ts';

const percent = (part: number, whole: number): string => `${((100 * part) / whole).toFixed(1)} %`;

const names: Record<string, string> = {
  card: 'payment cards',
  email: 'e-mail addresses',
  iban: 'bank accounts (IBAN)',
  id: 'identity numbers',
  ip: 'IP addresses',
  key: 'keys and tokens',
  phone: 'phone numbers',
};

/** The figures as the page about privacy shows them, in Markdown. */
export function figuresTable(figures: Figures): string {
  const rows = Object.entries(figures.byKind)
    .sort(([a], [b]) => a.localeCompare(b))
    .map(([kind, { marked, hidden }]) => `| ${names[kind] ?? kind} | ${marked} | ${hidden} | ${percent(hidden, marked)} |`);
  return [
    '| what | in the texts | hidden | recall |',
    '| --- | --- | --- | --- |',
    ...rows,
    `| **all** | ${figures.marked} | ${figures.hidden} | **${percent(figures.hidden, figures.marked)}** |`,
    '',
    `False alarms: something is hidden in ${figures.falseTexts} of the ${figures.negatives} texts without anything to hide (**${percent(figures.falseTexts, figures.negatives)}**), ${figures.falseFinds} of all ${figures.finds} finds (${percent(figures.falseFinds, figures.finds)}).`,
  ].join('\n');
}
