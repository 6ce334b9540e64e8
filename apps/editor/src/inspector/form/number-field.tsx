import { useTranslation } from 'react-i18next';
import { TextInput } from '../../ui/field.tsx';
import { FieldFrame } from './field-frame.tsx';
import { type FieldProps, problemsAt, useForm } from './form-context.ts';
import { useDraft } from './use-draft.ts';

/** A number, or nothing where it may be left out. What is no number stays in the field and is named. */
export function NumberField({ path, schema, ui, value }: FieldProps) {
  const form = useForm();
  const { t } = useTranslation('inspector');
  const [draft, setDraft] = useDraft(value, (held) => (held === undefined || held === null ? '' : String(held)));
  const read = readNumber(draft);
  const start = schema['default'];
  const type = (typed: string) => {
    const next = readNumber(typed);
    setDraft(typed, next === 'fault' ? value : next);
    if (next !== 'fault') form.write(path, next);
  };
  return (
    <FieldFrame
      label={ui.title[form.locale]}
      help={ui.help?.[form.locale]}
      problems={problemsAt(form, path, true)}
      fault={read === 'fault' ? t('field.notNumber') : undefined}
      locale={form.locale}
    >
      <TextInput
        inputMode="decimal"
        className="figures"
        value={draft}
        placeholder={ui.placeholder?.[form.locale] ?? (start === undefined ? t('field.leftOut') : String(start))}
        onValueChange={type}
      />
    </FieldFrame>
  );
}

function readNumber(text: string): number | undefined | 'fault' {
  if (text.trim() === '') return undefined;
  const number = Number(text);
  return Number.isFinite(number) ? number : 'fault';
}
