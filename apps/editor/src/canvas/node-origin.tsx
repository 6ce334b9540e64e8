import { Pin } from 'lucide-react';
import { useTranslation } from 'react-i18next';
import { useLocale } from '../i18n/index.ts';
import { useEditor } from '../store/context.tsx';
import { pinOf } from '../store/pins.ts';
import { stepOf } from '../store/turns.ts';
import { formatAge } from '../ui/format.ts';

/** Whether a step has a pin, for the look of its card. */
export const usePinned = (id: string): boolean => useEditor((state) => pinOf(state, id) !== undefined);

/** That a step is pinned, or that its value was used again, and how old it is. */
export function OriginTags({ id }: { id: string }) {
  const { t } = useTranslation('reuse');
  const locale = useLocale();
  const pinned = usePinned(id);
  const origin = useEditor((state) => stepOf(state, id)?.origin);
  const lent = origin?.kind === 'run';
  if (!pinned && !lent) return null;
  return (
    <>
      {pinned && (
        <span className="card-tag card-pinned" title={t('pinHelp')}>
          <Pin size={11} aria-hidden="true" /> {t('pinned')}
        </span>
      )}
      {lent && <span className="card-tag">{t('old.reused', { age: formatAge(Date.now() - origin.at, locale) })}</span>}
    </>
  );
}
