import { useQuery } from '@tanstack/react-query';
import { useTranslation } from 'react-i18next';
import { credentialsQuery } from '../../api/credential-queries.ts';
import type { FieldProps } from './form-context.ts';
import { NamedField } from './picked-field.tsx';

/** A stored secret by its name: the flow holds the name and nothing else. */
export function SecretField(props: FieldProps) {
  const { t } = useTranslation('inspector');
  const { data } = useQuery(credentialsQuery);
  const secrets = (data?.credentials ?? []).filter(({ kind }) => kind === 'secret');
  const options = secrets.map(({ name, title, origin }) => ({ value: name, label: title, keywords: [name], group: origin }));
  return <NamedField {...props} options={options} unset={t('secret.unset')} searchLabel={t('secret.search')} noneText={t('secret.none')} />;
}
