import type { ValueOrigin } from '@patchbay/node-kit';
import { Link } from '@tanstack/react-router';
import { useTranslation } from 'react-i18next';
import { useLocale } from '../i18n/index.ts';
import { formatAge, formatMoment } from '../ui/format.ts';

interface OriginLineProps {
  origin: ValueOrigin;
  /** When the value was used; absent: it is looked at now. */
  usedAt?: number | undefined;
  /** A way to the run it comes from. */
  linked?: boolean;
}

/** That a step was not run, and where its value comes from instead. */
export function OriginLine({ origin, usedAt, linked = false }: OriginLineProps) {
  const { t } = useTranslation('reuse');
  const locale = useLocale();
  if (origin.kind === 'pin') return <span className="block font-normal text-port text-ink3">{t('fromPin')}</span>;
  const age = formatAge((usedAt ?? Date.now()) - origin.at, locale);
  return (
    <span className="block font-normal text-port text-ink3" title={formatMoment(origin.at, locale)}>
      {t('fromRun', { age })}{' '}
      {linked && origin.run !== undefined && (
        <Link to="/runs/$id" params={{ id: origin.run }} className="rounded-chip text-accent underline">
          {t('openRun')}
        </Link>
      )}
    </span>
  );
}
