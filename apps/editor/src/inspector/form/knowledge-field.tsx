import { useQuery } from '@tanstack/react-query';
import { useTranslation } from 'react-i18next';
import { knowledgeListQuery } from '../../api/knowledge.ts';
import type { FieldProps } from './form-context.ts';
import { NamedField } from './picked-field.tsx';

/** A knowledge base by its id; without a choice all of the workspace are meant. */
export function KnowledgeField(props: FieldProps) {
  const { t } = useTranslation('inspector');
  const { data } = useQuery(knowledgeListQuery);
  const options = (data?.bases ?? []).map(({ id, name }) => ({ value: id, label: name, keywords: [name] }));
  return (
    <NamedField
      {...props}
      options={options}
      unset={t('knowledge.all')}
      searchLabel={t('knowledge.search')}
      noneText={t('knowledge.none')}
    />
  );
}
