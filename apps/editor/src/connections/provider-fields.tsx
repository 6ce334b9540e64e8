import type { ProviderField, ProviderPart } from '@patchbay/services/resources';
import { useTranslation } from 'react-i18next';
import { Field, TextInput } from '../ui/field.tsx';
import type { Refusal } from './refusal.ts';

export type PlainPart = Exclude<ProviderPart, 'key'>;

export interface ProviderFieldsProps {
  fields: readonly ProviderField[];
  typed: Record<PlainPart, string>;
  set: (change: Partial<Record<PlainPart, string>>) => void;
  fault: Refusal | undefined;
}

/** What a provider asks for besides its key, in its own words. */
export function ProviderFields({ fields, typed, set, fault }: ProviderFieldsProps) {
  const { t } = useTranslation('connections');
  return fields.map(({ part, title, help, example, required }) =>
    part === 'key' ? null : (
      <Field
        key={part}
        label={title}
        mark={required ? undefined : t('add.optional')}
        help={help}
        error={fault?.field === part ? fault.message : undefined}
      >
        <TextInput
          value={typed[part]}
          placeholder={example}
          spellCheck={false}
          autoComplete="off"
          onChange={(event) => set({ [part]: event.currentTarget.value })}
        />
      </Field>
    ),
  );
}
