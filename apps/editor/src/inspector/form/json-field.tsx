import type { Json } from '@patchbay/flow';
import type { PortType } from '@patchbay/node-kit';
import { useTranslation } from 'react-i18next';
import { ChipField } from '../../chips/chip-field.tsx';
import { useConfigChips } from '../../chips/use-config-chips.ts';
import { TextArea } from '../../ui/field.tsx';
import { ValueEditor } from '../value-editor.tsx';
import { FieldFrame } from './field-frame.tsx';
import { type FieldProps, problemsAt, useForm } from './form-context.ts';
import { readJson } from './read-json.ts';
import { useDraft } from './use-draft.ts';

/** JSON as text. It is written to the document whenever it can be read; until then it stays in the field. */
export function JsonField(props: FieldProps) {
  const { path, ui, siblingType } = props;
  const form = useForm();
  const { t } = useTranslation('inspector');
  const [draft, setDraft] = useDraft(props.value, (value) => (value === undefined || value === null ? '' : JSON.stringify(value, null, 2)));
  const chips = useConfigChips(form.node, path);
  if (siblingType !== undefined && ui.chips !== true) return <TypedField {...props} type={siblingType} />;
  const read = readJson(draft);
  const type = (text: string, write: (value: Json | undefined) => void) => {
    const next = readJson(text);
    setDraft(text, next.ok ? next.value : props.value);
    if (next.ok) write(next.value);
  };
  const problems = problemsAt(form, path, true);
  const fault = read.ok ? undefined : t('field.notJson', { line: read.line });
  const frame = { label: ui.title[form.locale], help: ui.help?.[form.locale], problems, fault, locale: form.locale };
  if (ui.chips !== true) {
    return (
      <FieldFrame {...frame}>
        <TextArea
          rows={Math.min(16, Math.max(3, draft.split('\n').length))}
          spellCheck={false}
          className="figures text-port"
          value={draft}
          placeholder={ui.placeholder?.[form.locale] ?? t('field.leftOut')}
          onChange={(event) => type(event.target.value, (value) => form.write(path, value))}
        />
      </FieldFrame>
    );
  }
  return (
    <FieldFrame {...frame} custom>
      {(ids) => (
        <ChipField
          {...ids}
          node={form.node}
          text={draft}
          multiline
          json
          placeholder={ui.placeholder?.[form.locale] ?? '{ }'}
          onText={(text) => type(text, (value) => chips.onValue(value ?? null))}
          onInsert={(chip) => {
            const next = readJson(chip.text);
            setDraft(chip.text, next.ok ? next.value : props.value);
            if (next.ok) chips.onInsertValue(next.value ?? null, chip);
            else chips.remember(chip);
          }}
        />
      )}
    </FieldFrame>
  );
}

/** A default or an example: edited as a value of the type chosen beside it. */
function TypedField({ path, ui, value, type }: FieldProps & { type: PortType }) {
  const form = useForm();
  const label = ui.title[form.locale];
  return (
    <ValueEditor
      label={label}
      help={ui.help?.[form.locale]}
      type={type}
      options={[]}
      value={value === null ? undefined : value}
      problems={problemsAt(form, path, true)}
      onChange={(next) => form.write(path, next)}
    />
  );
}
