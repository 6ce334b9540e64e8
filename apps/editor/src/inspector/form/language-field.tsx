import { useTranslation } from 'react-i18next';
import { FieldFrame } from './field-frame.tsx';
import { type FieldProps, problemsAt, useForm } from './form-context.ts';
import { languageName, languages } from './languages.ts';
import { SearchSelect } from './search-select.tsx';

const tagLike = /^[a-z]{2,3}(-[a-z0-9]{2,8})*$/i;

/** A language by name; "detect" where the node can find it out itself. */
export function LanguageField({ path, schema, ui, value }: FieldProps) {
  const form = useForm();
  const { t } = useTranslation('inspector');
  const chosen = typeof value === 'string' ? value : '';
  const detects = schema['default'] === 'auto';
  const listed = languages(form.locale).map(({ tag, name, ownName }) => ({ value: tag, label: name, keywords: [tag, ownName] }));
  return (
    <FieldFrame
      label={ui.title[form.locale]}
      help={ui.help?.[form.locale]}
      problems={problemsAt(form, path, true)}
      locale={form.locale}
      custom
    >
      {(ids) => (
        <SearchSelect
          ids={ids}
          value={chosen}
          shown={chosen === 'auto' ? t('language.detect') : languageName(chosen, form.locale)}
          options={detects ? [{ value: 'auto', label: t('language.detect'), keywords: ['auto'] }, ...listed] : listed}
          onChange={(next) => form.write(path, next)}
          searchLabel={t('language.search')}
          noneText={t('language.none')}
          freeEntry={(typed) =>
            tagLike.test(typed) && languageName(typed, form.locale) !== typed ? languageName(typed, form.locale) : undefined
          }
        />
      )}
    </FieldFrame>
  );
}
