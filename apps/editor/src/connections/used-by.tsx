import type { CredentialUse } from '@patchbay/services/resources';
import { Link } from '@tanstack/react-router';
import { useTranslation } from 'react-i18next';

/** Which flows name it, folded until asked for. */
export function UsedBy({ uses }: { uses: readonly CredentialUse[] }) {
  const { t } = useTranslation('connections');
  if (uses.length === 0) return <span className="text-ink3">{t('card.unused')}</span>;
  return (
    <details className="min-w-0">
      <summary className="w-fit rounded-chip text-ink2 hover:text-ink">{t('card.usedBy', { count: uses.length })}</summary>
      <UseList uses={uses} />
    </details>
  );
}

export function UseList({ uses }: { uses: readonly CredentialUse[] }) {
  const { t } = useTranslation('connections');
  return (
    <ul className="scroll mt-2 max-h-48 rounded-field border">
      {uses.map(({ id, name, steps, published }) => (
        <li key={id} className="flex items-center gap-2 border-b px-3 py-1.5 last:border-0">
          <Link to="/flows/$id" params={{ id }} className="min-w-0 flex-1 truncate rounded-chip hover:text-accent">
            {name}
          </Link>
          <span className="text-port whitespace-nowrap text-ink3">
            {[...(steps > 0 ? [t('card.useSteps', { count: steps })] : []), ...(published ? [t('card.usePublished')] : [])].join(' · ')}
          </span>
        </li>
      ))}
    </ul>
  );
}
