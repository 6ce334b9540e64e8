import { type Locale, locales } from '@patchbay/flow';
import { Check, Languages } from 'lucide-react';
import { useTranslation } from 'react-i18next';
import { useLocale } from '../i18n/index.ts';
import { IconButton } from '../ui/icon-button.tsx';
import { LaterMenu } from '../ui/later-menu.tsx';
import { setLocale } from './set-locale.ts';

/** Each language by its own name, so that its readers find it. No text in all languages: all of them are needed at once. */
export const ownName = (locale: Locale): string => (locale === 'en' ? 'English' : '简体中文');

export function LanguageMenu() {
  const { t } = useTranslation('app');
  const current = useLocale();
  return (
    <LaterMenu
      side="right"
      align="end"
      trigger={<IconButton label={t('language')} icon={<Languages />} />}
      items={locales.map((locale) => ({
        key: locale,
        icon: current === locale ? <Check className="text-accent" /> : <span className="size-4" />,
        onClick: () => void setLocale(locale),
        children: ownName(locale),
      }))}
    />
  );
}
