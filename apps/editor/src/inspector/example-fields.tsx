import '../i18n/words/inspector.ts';
import type { FlowExample, Json } from '@patchbay/flow';
import type { FlowField } from '@patchbay/node-kit';
import { useTranslation } from 'react-i18next';
import { useLocale } from '../i18n/index.ts';
import { useEditorStore } from '../store/context.tsx';
import { TextInput } from '../ui/field.tsx';
import { FieldFrame } from './form/field-frame.tsx';
import { ValueEditor } from './value-editor.tsx';

/** One of the flow's examples: its name and its inputs, each in the control of its type. */
export function ExampleFields({ index, example, fields }: { index: number; example: FlowExample; fields: readonly FlowField[] }) {
  const { t } = useTranslation('inspector');
  const store = useEditorStore();
  const locale = useLocale();
  const change = (edit: (example: FlowExample) => void, part: string) =>
    store.command(
      { key: 'inspector:commands.example' },
      (draft) => {
        const place = draft.examples?.[index];
        if (place !== undefined) edit(place);
      },
      { coalesce: `example:${index}:${part}` },
    );
  return (
    <>
      <FieldFrame label={t('examples.name')} locale={locale}>
        <TextInput
          value={example.name}
          maxLength={200}
          onValueChange={(name) =>
            name !== '' &&
            change((place) => {
              place.name = name;
            }, 'name')
          }
        />
      </FieldFrame>
      {fields.map((field) => (
        <ValueEditor
          key={field.id}
          label={field.title}
          type={field.type}
          options={field.options}
          value={Object.hasOwn(example.inputs, field.id) ? example.inputs[field.id] : undefined}
          onChange={(value) => change((place) => setInput(place, field.id, value), field.id)}
        />
      ))}
    </>
  );
}

function setInput(example: FlowExample, id: string, value: Json | undefined): void {
  const rest = Object.entries(example.inputs).filter(([key]) => key !== id);
  example.inputs = Object.fromEntries(value === undefined ? rest : [...rest, [id, value]]);
}
