import { Link } from '@tanstack/react-router';
import { BookOpen, House, LayoutTemplate, ListVideo, type LucideIcon, Plug, Settings } from 'lucide-react';
import { useTranslation } from 'react-i18next';
import { LanguageMenu } from './language-menu.tsx';
import { ThemeMenu } from './theme-menu.tsx';

const places = [
  { to: '/', name: 'home', icon: House },
  { to: '/templates', name: 'templates', icon: LayoutTemplate },
  { to: '/runs', name: 'runs', icon: ListVideo },
  { to: '/knowledge', name: 'knowledge', icon: BookOpen },
  { to: '/connections', name: 'connections', icon: Plug },
  { to: '/settings', name: 'settings', icon: Settings },
] as const satisfies readonly { to: string; name: string; icon: LucideIcon }[];

/** The way between screens, 64 pixels wide: an icon over its word. */
export function Rail() {
  const { t } = useTranslation('app');
  return (
    <nav aria-label={t('nav.label')} className="flex w-16 shrink-0 flex-col items-center gap-1 border-r bg-surface py-2">
      <img src="/icon.svg" alt="" className="mt-1 mb-3 size-7" />
      {places.map(({ to, name, icon: Icon }) => (
        <Link
          key={to}
          to={to}
          activeOptions={{ exact: to === '/' }}
          className="flex h-12 w-15 flex-col items-center justify-center gap-0.5 rounded-field text-ink3 transition-colors hover:bg-sunken hover:text-ink aria-[current=page]:bg-sunken aria-[current=page]:text-ink"
        >
          <Icon size={18} strokeWidth={1.75} aria-hidden />
          <span className="text-[10px] leading-3">{t(`nav.${name}`)}</span>
        </Link>
      ))}
      <div className="flex-1" />
      <LanguageMenu />
      <ThemeMenu />
    </nav>
  );
}
