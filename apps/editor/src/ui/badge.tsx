import type { ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import { join } from './join.ts';

const looks = {
  plain: 'border-line text-ink2',
  ok: 'border-current text-ok',
  warn: 'border-current text-warn',
  bad: 'border-current text-bad',
  accent: 'border-current text-accent',
  simulated: 'border-dashed border-current text-simulated',
} as const;

export function Badge({ look = 'plain', title, children }: { look?: keyof typeof looks; title?: string; children: ReactNode }) {
  return (
    <span
      title={title}
      className={join(
        'inline-flex h-5 items-center gap-1 rounded-chip border px-1.5 text-meta font-medium whitespace-nowrap [&_svg]:size-3',
        looks[look],
      )}
    >
      {children}
    </span>
  );
}

/** The mark of everything the demo model touched. */
export function SimulatedBadge() {
  const { t } = useTranslation('app');
  return (
    <Badge look="simulated" title={t('simulatedHelp')}>
      {t('simulated')}
    </Badge>
  );
}
