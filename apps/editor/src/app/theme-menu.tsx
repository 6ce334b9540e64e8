import { Check, Monitor, Moon, Sun } from 'lucide-react';
import { useTranslation } from 'react-i18next';
import { IconButton } from '../ui/icon-button.tsx';
import { LaterMenu } from '../ui/later-menu.tsx';
import { setTheme, themes, useTheme } from './theme.ts';

const icons = { light: Sun, dark: Moon, system: Monitor };

export function ThemeMenu() {
  const { t } = useTranslation('app');
  const theme = useTheme();
  const Icon = icons[theme];
  return (
    <LaterMenu
      side="right"
      align="end"
      trigger={<IconButton label={t('theme.label')} icon={<Icon />} />}
      items={themes.map((item) => {
        const Own = icons[item];
        return {
          key: item,
          icon: theme === item ? <Check className="text-accent" /> : <Own />,
          onClick: () => setTheme(item),
          children: t(`theme.${item}`),
        };
      })}
    />
  );
}
