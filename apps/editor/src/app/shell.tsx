import { Outlet } from '@tanstack/react-router';
import { WifiOff } from 'lucide-react';
import { useEffect } from 'react';
import { useTranslation } from 'react-i18next';
import { loadPartsWhenIdle } from '../ui/lazy-part.tsx';
import { Rail } from './rail.tsx';
import { useReachable } from './reachable.ts';

/** What surrounds every screen: the skip link, the rail at the left, the word that the server is away. */
export function Shell() {
  const { t } = useTranslation('app');
  const reachable = useReachable();
  useEffect(loadPartsWhenIdle, []);
  return (
    <div className="flex h-dvh flex-col">
      <a href="#content" className="skip-link">
        {t('skip')}
      </a>
      {!reachable && (
        <div role="status" className="flex items-center gap-2 border-b bg-surface px-4 py-2 text-body text-warn">
          <WifiOff className="size-4 shrink-0" aria-hidden />
          {t('offline')}
        </div>
      )}
      <div className="flex min-h-0 flex-1">
        <Rail />
        <div className="flex min-w-0 flex-1 flex-col">
          <Outlet />
        </div>
      </div>
    </div>
  );
}
