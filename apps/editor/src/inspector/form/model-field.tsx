import { useQuery } from '@tanstack/react-query';
import { useTranslation } from 'react-i18next';
import { modelsQuery } from '../../api/queries.ts';
import { SimulatedBadge } from '../../ui/badge.tsx';
import { FieldFrame, type FrameIds } from './field-frame.tsx';
import { type FieldProps, problemsAt, useForm } from './form-context.ts';
import { SearchSelect } from './search-select.tsx';

/** The model to ask: automatic, one the server knows, or any `provider/model` typed by hand. */
export function ModelField({ path, ui, value }: FieldProps) {
  const form = useForm();
  return (
    <FieldFrame
      label={ui.title[form.locale]}
      help={ui.help?.[form.locale]}
      problems={problemsAt(form, path, true)}
      locale={form.locale}
      custom
    >
      {(ids) => <ModelSelect ids={ids} value={typeof value === 'string' ? value : 'auto'} onChange={(next) => form.write(path, next)} />}
    </FieldFrame>
  );
}

const modelName = /^[a-z0-9-]{1,40}\/\S{1,150}$/;

export function ModelSelect({ ids, value, onChange }: { ids: FrameIds; value: string; onChange: (value: string) => void }) {
  const { t } = useTranslation('inspector');
  const { data } = useQuery(modelsQuery);
  const models = data?.models ?? [];
  const known = models.find((model) => model.id === value);
  const listed = models.filter((model) => model.id !== 'auto');
  const options = [
    { value: 'auto', label: t('model.auto'), keywords: ['auto'] },
    ...listed.map((model) => ({
      value: model.id,
      label: model.id,
      group: model.provider,
      mark: model.simulated ? <SimulatedBadge /> : undefined,
    })),
  ];
  return (
    <SearchSelect
      ids={ids}
      value={value}
      shown={value === 'auto' ? t('model.auto') : value}
      mark={known?.simulated === true ? <SimulatedBadge /> : undefined}
      options={options}
      onChange={onChange}
      searchLabel={t('model.search')}
      noneText={t('model.none')}
      freeEntry={(typed) => (modelName.test(typed) ? t('model.use', { model: typed }) : undefined)}
    />
  );
}
