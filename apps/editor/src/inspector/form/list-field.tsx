import { Plus } from 'lucide-react';
import { type ReactNode, useRef } from 'react';
import { useTranslation } from 'react-i18next';
import { Button } from '../../ui/button.tsx';
import { FieldFrame } from './field-frame.tsx';
import { type FieldProps, problemsAt, useForm } from './form-context.ts';
import type { FieldsOf } from './form-field.tsx';
import { ListItem } from './list-item.tsx';
import { useListEdits } from './use-list-edits.ts';

export interface ListRenderers {
  renderFields: (fields: FieldsOf) => ReactNode;
  renderField: (props: FieldProps) => ReactNode;
}

/** Entries that can be added, removed and moved, by buttons and by keys. */
export function ListField({ path, schema, ui, value, renderFields, renderField }: FieldProps & ListRenderers) {
  const form = useForm();
  const { t } = useTranslation('inspector');
  const root = useRef<HTMLFieldSetElement>(null);
  const items = Array.isArray(value) ? value : [];
  const item = schema.items ?? {};
  const { fresh, setFresh, said, add, remove, move } = useListEdits({ root, path, items, item });
  return (
    <FieldFrame
      label={ui.title[form.locale]}
      help={ui.help?.[form.locale]}
      problems={problemsAt(form, path, false)}
      locale={form.locale}
      custom
    >
      {(ids) => (
        <fieldset ref={root} aria-labelledby={ids.labelId} className="flex min-w-0 flex-col gap-2">
          {items.length === 0 && <p className="text-port text-ink3">{t('list.empty')}</p>}
          <ol className="flex min-w-0 flex-col gap-2">
            {items.map((entry, index) => (
              <ListItem
                key={index}
                entry={entry}
                index={index}
                items={items}
                path={path}
                schema={item}
                fresh={fresh}
                onSettled={(id) => setFresh(new Set([...fresh].filter((other) => other !== id)))}
                onFresh={(old, id) => setFresh(new Set([...fresh].map((other) => (other === old ? id : other))))}
                onMove={(by) => move(index, by)}
                onRemove={() => remove(index)}
                renderFields={renderFields}
                renderField={renderField}
              />
            ))}
          </ol>
          <Button size="small" icon={<Plus />} className="self-start" data-add onClick={add}>
            {ui.add?.[form.locale] ?? t('list.add')}
          </Button>
          <span role="status" className="sr-only">
            {said}
          </span>
        </fieldset>
      )}
    </FieldFrame>
  );
}
