import { Switch } from '../../ui/switch.tsx';
import { FieldFrame } from './field-frame.tsx';
import { type FieldProps, problemsAt, useForm } from './form-context.ts';

/** On or off. */
export function ToggleField({ path, ui, value }: FieldProps) {
  const form = useForm();
  return (
    <FieldFrame
      label={ui.title[form.locale]}
      help={ui.help?.[form.locale]}
      problems={problemsAt(form, path, true)}
      locale={form.locale}
      inline
    >
      <Switch checked={value === true} onChange={(on) => form.write(path, on)} />
    </FieldFrame>
  );
}
