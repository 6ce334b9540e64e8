import { Link } from '@tanstack/react-router';
import { CircleAlert, Compass } from 'lucide-react';
import { useTranslation } from 'react-i18next';
import { Button } from '../ui/button.tsx';
import { EmptyState } from '../ui/empty-state.tsx';

export function NotFoundPage() {
  const { t } = useTranslation('app');
  return (
    <main id="content" tabIndex={-1} className="flex flex-1 items-center justify-center">
      <EmptyState
        page
        icon={<Compass />}
        title={t('notFound.title')}
        text={t('notFound.text')}
        action={
          <Button nativeButton={false} render={<Link to="/" />}>
            {t('notFound.home')}
          </Button>
        }
      />
    </main>
  );
}

/** What stands where a part of the program failed. The rest of the page goes on. */
export function BrokenPage() {
  const { t } = useTranslation('app');
  return (
    <main id="content" tabIndex={-1} className="flex flex-1 items-center justify-center">
      <EmptyState
        page
        icon={<CircleAlert />}
        title={t('broken.title')}
        text={t('broken.text')}
        action={<Button onClick={() => location.reload()}>{t('broken.reload')}</Button>}
      />
    </main>
  );
}
