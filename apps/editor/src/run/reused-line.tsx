import type { ReusedStep } from '@patchbay/node-kit';
import { useTranslation } from 'react-i18next';
import { useLocale } from '../i18n/index.ts';
import { formatAge } from '../ui/format.ts';

/** How many steps were not run because their values were known, and how old the oldest of these is. */
export function ReusedLine({ reused }: { reused: readonly ReusedStep[] | undefined }) {
  const { t } = useTranslation('reuse');
  const locale = useLocale();
  if (reused === undefined || reused.length === 0) return null;
  const lent = reused.filter(({ origin }) => origin.kind === 'run');
  const counts = { pinned: reused.length - lent.length, reused: lent.length };
  const age = formatAge(Math.max(0, ...lent.map(({ ageMs }) => ageMs)), locale);
  const key = lent.length === 0 ? 'pinned' : counts.pinned === 0 ? 'reused' : 'both';
  return (
    <span data-testid="reused" className="text-ink3">
      {t(`line.${key}`, { ...counts, age })}
    </span>
  );
}
