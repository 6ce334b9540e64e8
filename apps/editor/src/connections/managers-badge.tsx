import { useTranslation } from 'react-i18next';
import { Badge } from '../ui/badge.tsx';

/** Not everyone whose runs reach it may use it. */
export function ManagersBadge() {
  const { t } = useTranslation('connections');
  return <Badge title={t('usableBy.managersHelp')}>{t('usableBy.badge')}</Badge>;
}
