import type { FlowDocument, Json } from '@patchbay/flow';
import { useMemo } from 'react';
import { useTranslation } from 'react-i18next';
import { useLocale } from '../i18n/index.ts';
import { useEditorStore } from '../store/context.tsx';
import { fieldPlace, fieldText } from '../store/field-words.ts';

export interface FieldWords {
  /** "Ways 1 › Title"; `short` is the outermost part alone. */
  title: (flow: FlowDocument, pointer: string, short?: 'short') => string;
  value: (flow: FlowDocument, pointer: string, value: Json | undefined) => string;
}

/** Fields and values of a flow's difference in the reader's words. */
export function useFieldWords(): FieldWords {
  const { t } = useTranslation(['app', 'run']);
  const locale = useLocale();
  const { catalogue } = useEditorStore();
  return useMemo(
    () => ({
      title(flow, pointer, short) {
        const { plain, titles } = fieldPlace(flow, catalogue, pointer, locale);
        const parts = plain === undefined ? titles : [t(`field.${plain}`), ...titles];
        if (short) return String(parts[0] ?? '');
        return parts.reduce<string>(
          (text, part) => (text === '' ? String(part) : `${text}${typeof part === 'number' ? ' ' : ' › '}${part}`),
          '',
        );
      },
      value(flow, pointer, value) {
        const text = fieldText(value, fieldPlace(flow, catalogue, pointer, locale), locale);
        if (text === undefined) return '–';
        return typeof text === 'string' ? text : t(text ? 'run:yes' : 'run:no');
      },
    }),
    [t, locale, catalogue],
  );
}
