import type { UsableBy } from '@patchbay/services/resources';
import { useTranslation } from 'react-i18next';
import { Field } from '../ui/field.tsx';
import { Select } from '../ui/select.tsx';

/** Whose runs may use a connection or a secret. */
export function UsableByField({ value, onChange }: { value: UsableBy; onChange: (value: UsableBy) => void }) {
  const { t } = useTranslation('connections');
  return (
    <Field label={t('usableBy.label')} help={t(value === 'everyone' ? 'usableBy.everyoneHelp' : 'usableBy.managersHelp')}>
      <Select
        value={value}
        onChange={onChange}
        options={[
          { value: 'everyone', label: t('usableBy.everyone') },
          { value: 'managers', label: t('usableBy.managers') },
        ]}
      />
    </Field>
  );
}
