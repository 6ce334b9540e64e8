import { describeInputError } from '@patchbay/node-kit';
import { useCallback } from 'react';
import { useTranslation } from 'react-i18next';
import { useLocale } from '../i18n/index.ts';
import type { DraftError } from './drafts.ts';

/** The sentence of what is wrong with a field of a form. */
export function useDraftWords(): (error: DraftError, field: string) => string {
  const { t } = useTranslation('run');
  const locale = useLocale();
  return useCallback(
    (error, field) => {
      if (error.kind === 'input') return describeInputError(error.error, locale);
      return error.kind === 'required' ? t('error.required', { field }) : t(`error.${error.kind}`);
    },
    [t, locale],
  );
}
