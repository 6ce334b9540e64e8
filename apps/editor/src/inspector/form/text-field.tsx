import { ChipField } from '../../chips/chip-field.tsx';
import { useConfigChips } from '../../chips/use-config-chips.ts';
import { TextArea, TextInput } from '../../ui/field.tsx';
import { FieldFrame } from './field-frame.tsx';
import { type FieldProps, problemsAt, useForm } from './form-context.ts';

/** A text in which chips may stand, of one line or of many. */
export function ChipTextField({ path, ui, value }: FieldProps) {
  const form = useForm();
  const text = typeof value === 'string' ? value : '';
  const chips = useConfigChips(form.node, path);
  return (
    <FieldFrame
      label={ui.title[form.locale]}
      help={ui.help?.[form.locale]}
      problems={problemsAt(form, path, true)}
      locale={form.locale}
      custom
    >
      {(ids) => (
        <ChipField
          {...ids}
          {...chips}
          node={form.node}
          text={text}
          multiline={ui.widget === 'long-text'}
          placeholder={ui.placeholder?.[form.locale] ?? ''}
        />
      )}
    </FieldFrame>
  );
}

/** A name or other plain text of one line. */
export function PlainTextField({ path, ui, value }: FieldProps) {
  const form = useForm();
  return (
    <FieldFrame label={ui.title[form.locale]} help={ui.help?.[form.locale]} problems={problemsAt(form, path, true)} locale={form.locale}>
      <TextInput
        value={typeof value === 'string' ? value : ''}
        placeholder={ui.placeholder?.[form.locale]}
        onValueChange={(text) => form.write(path, text)}
      />
    </FieldFrame>
  );
}

/** Plain text of many lines. */
export function PlainLongTextField({ path, ui, value }: FieldProps) {
  const form = useForm();
  const text = typeof value === 'string' ? value : '';
  return (
    <FieldFrame label={ui.title[form.locale]} help={ui.help?.[form.locale]} problems={problemsAt(form, path, true)} locale={form.locale}>
      <TextArea
        rows={Math.min(14, Math.max(4, text.split('\n').length + 1))}
        value={text}
        {...(ui.code === true ? { spellCheck: false, className: 'figures text-port' } : {})}
        placeholder={ui.placeholder?.[form.locale]}
        onChange={(event) => form.write(path, event.target.value)}
      />
    </FieldFrame>
  );
}
