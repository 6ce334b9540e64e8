import { useTranslation } from 'react-i18next';
import { sentenceOf } from '../api/sentence.ts';
import { Button } from '../ui/button.tsx';

/** What could not be loaded, why, and a way to try again. */
export function LoadFault({ error, onRetry }: { error: Error; onRetry: () => void }) {
  const { t } = useTranslation(['knowledge', 'app']);
  return (
    <div role="alert" className="flex items-center gap-4 rounded-card border bg-surface p-4">
      <p className="flex-1">
        <span className="font-medium">{t('failed')}</span> <span className="text-ink2">{sentenceOf(error)}</span>
      </p>
      <Button onClick={onRetry}>{t('app:retry')}</Button>
    </div>
  );
}
