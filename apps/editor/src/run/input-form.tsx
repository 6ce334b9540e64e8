import type { Json } from '@patchbay/flow';
import { type FlowField, fieldTypeWords, isList, itemType } from '@patchbay/node-kit';
import { useTranslation } from 'react-i18next';
import { useLocale } from '../i18n/index.ts';
import { Field } from '../ui/field.tsx';
import { InputControl } from './input-control.tsx';
import type { RunSession } from './use-run-session.ts';

/** The flow's own form: one labelled control per input, made from its face alone. */
export function InputForm({ session, fields = session.fields }: { session: RunSession; fields?: readonly FlowField[] }) {
  return (
    <div className="flex flex-col gap-4">
      {fields.map((field) => (
        <InputField
          key={field.id}
          field={field}
          value={session.drafts[field.id] ?? null}
          error={session.errors.get(field.id)}
          onChange={(value) => session.setDraft(field.id, value)}
        />
      ))}
    </div>
  );
}

interface InputFieldProps {
  field: FlowField;
  value: Json;
  error: string | undefined;
  onChange: (value: Json) => void;
}

/** A labelled control for one field. */
export function InputField({ field, value, error, onChange }: InputFieldProps) {
  const { t } = useTranslation(['run', 'canvas']);
  const locale = useLocale();
  const word = fieldTypeWords[itemType(field.type)][locale];
  const type = isList(field.type) ? t('canvas:listOf', { type: word }) : word;
  // “Text text” says nothing twice.
  const marks = [...(type.toLowerCase() === field.title.toLowerCase() ? [] : [type]), ...(field.required ? [] : [t('optional')])];
  return (
    <Field
      label={field.title}
      mark={marks.length === 0 ? undefined : marks.join(' · ')}
      help={field.help === '' ? undefined : field.help}
      error={error}
    >
      <InputControl type={field.type} options={field.options} label={field.title} value={value} onChange={onChange} />
    </Field>
  );
}
