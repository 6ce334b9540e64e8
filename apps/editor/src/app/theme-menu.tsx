import { Check, Monitor, Moon, Sun } from 'lucide-react';
import { useTranslation } from 'react-i18next';
import { IconButton } from '../ui/icon-button.tsx';
import { Menu, MenuItem } from '../ui/menu.tsx';
import { setTheme, themes, useTheme } from './theme.ts';

const icons = { light: Sun, dark: Moon, system: Monitor };

export function ThemeMenu() {
  const { t } = useTranslation('app');
  const theme = useTheme();
  const Icon = icons[theme];
  return (
    <Menu side="right" align="end" trigger={<IconButton label={t('theme.label')} icon={<Icon />} />}>
      {themes.map((item) => {
        const Own = icons[item];
        return (
          <MenuItem key={item} icon={theme === item ? <Check className="text-accent" /> : <Own />} onClick={() => setTheme(item)}>
            {t(`theme.${item}`)}
          </MenuItem>
        );
      })}
    </Menu>
  );
}
