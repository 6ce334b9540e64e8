import { useTranslation } from 'react-i18next';
import { type FieldProps, useForm } from './form-context.ts';
import { languageName, languages } from './languages.ts';
import { PickedField } from './picked-field.tsx';

const tagLike = /^[a-z]{2,3}(-[a-z0-9]{2,8})*$/i;

/** A language by name; "detect" where the node can find it out itself. */
export function LanguageField({ path, schema, ui, value }: FieldProps) {
  const form = useForm();
  const { t } = useTranslation('inspector');
  const chosen = typeof value === 'string' ? value : '';
  const detects = schema['default'] === 'auto';
  const listed = languages(form.locale).map(({ tag, name, ownName }) => ({ value: tag, label: name, keywords: [tag, ownName] }));
  return (
    <PickedField
      path={path}
      ui={ui}
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
  );
}
