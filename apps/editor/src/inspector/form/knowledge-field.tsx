import { useQuery } from '@tanstack/react-query';
import { useTranslation } from 'react-i18next';
import { knowledgeListQuery } from '../../api/knowledge.ts';
import { FieldFrame } from './field-frame.tsx';
import { type FieldProps, problemsAt, useForm } from './form-context.ts';
import { SearchSelect } from './search-select.tsx';

/** A knowledge base by its id; without a choice all of the workspace are meant. */
export function KnowledgeField({ path, ui, value }: FieldProps) {
  const form = useForm();
  const { t } = useTranslation('inspector');
  const { data } = useQuery(knowledgeListQuery);
  const chosen = typeof value === 'string' ? value : '';
  const options = (data?.bases ?? []).map(({ id, name }) => ({ value: id, label: name, keywords: [name] }));
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
          shown={chosen === '' ? t('knowledge.all') : (known?.label ?? chosen)}
          options={[{ value: '', label: t('knowledge.all') }, ...options]}
          onChange={(next) => form.write(path, next === '' ? undefined : next)}
          searchLabel={t('knowledge.search')}
          noneText={t('knowledge.none')}
        />
      )}
    </FieldFrame>
  );
}
