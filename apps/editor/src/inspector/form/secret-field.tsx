import { useQuery } from '@tanstack/react-query';
import { useTranslation } from 'react-i18next';
import { credentialsQuery } from '../../api/credential-queries.ts';
import { FieldFrame } from './field-frame.tsx';
import { type FieldProps, problemsAt, useForm } from './form-context.ts';
import { SearchSelect } from './search-select.tsx';

/** A stored secret by its name: the flow holds the name and nothing else. */
export function SecretField({ path, ui, value }: FieldProps) {
  const form = useForm();
  const { t } = useTranslation('inspector');
  const { data } = useQuery(credentialsQuery);
  const chosen = typeof value === 'string' ? value : '';
  const secrets = (data?.credentials ?? []).filter(({ kind }) => kind === 'secret');
  const options = secrets.map(({ name, title, origin }) => ({ value: name, label: title, keywords: [name], group: origin }));
  const known = options.find((option) => option.value === chosen);
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
          shown={chosen === '' ? t('secret.unset') : (known?.label ?? chosen)}
          options={[{ value: '', label: t('secret.unset') }, ...options]}
          onChange={(next) => form.write(path, next === '' ? undefined : next)}
          searchLabel={t('secret.search')}
          noneText={t('secret.none')}
        />
      )}
    </FieldFrame>
  );
}
