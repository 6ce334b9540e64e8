import type { Json } from '@patchbay/flow';
import { Plus } from 'lucide-react';
import { type ReactNode, useRef, useState } from 'react';
import { flushSync } from 'react-dom';
import { useTranslation } from 'react-i18next';
import { useEditorStore } from '../../store/context.tsx';
import { nodeOf } from '../../store/edits/ends.ts';
import { portsNow } from '../../store/edits/ports.ts';
import { Button } from '../../ui/button.tsx';
import { FieldFrame } from './field-frame.tsx';
import { type FieldProps, problemsAt, useForm } from './form-context.ts';
import type { FieldsOf } from './form-field.tsx';
import { newItemId } from './item-ids.ts';
import { ListItem } from './list-item.tsx';

export interface ListRenderers {
  renderFields: (fields: FieldsOf) => ReactNode;
  renderField: (props: FieldProps) => ReactNode;
}

/** Entries that can be added, removed and moved, by buttons and by keys. */
export function ListField({ path, schema, ui, value, renderFields, renderField }: FieldProps & ListRenderers) {
  const form = useForm();
  const store = useEditorStore();
  const { t } = useTranslation('inspector');
  const root = useRef<HTMLFieldSetElement>(null);
  /** Ids of entries whose name still follows their title. */
  const [fresh, setFresh] = useState<ReadonlySet<string>>(new Set());
  const [said, setSaid] = useState('');
  const items = Array.isArray(value) ? value : [];
  const item = schema.items ?? {};
  const listName = String(path.at(-1) ?? 'item');

  /** Draws at once, so that the very next key goes to the right field. */
  const change = (next: Json[], focus: () => HTMLElement | null | undefined, more?: () => void) => {
    store.seal();
    flushSync(() => {
      form.write(path, next);
      more?.();
    });
    focus()?.focus();
  };
  const inItem = (index: number, part: string) =>
    root.current?.querySelectorAll<HTMLElement>(':scope > ol > li').item(index)?.querySelector<HTMLElement>(part);
  const add = () => {
    const ports = portsNow(store.catalogue, nodeOf(store.getState().flow, form.node));
    const taken = [...(ports?.inputs ?? []), ...(ports?.outputs ?? [])].map((port) => port.id);
    const id = newItemId(items, listName, taken);
    const named = item.properties?.['id']?.ui?.widget === 'id';
    const entry: Json = item.properties === undefined ? '' : named ? { id, title: '' } : {};
    const field = 'input:not([type=checkbox]), textarea, [role=textbox], [aria-haspopup]';
    change(
      [...items, entry],
      () => inItem(items.length, field),
      () => named && setFresh(new Set([...fresh, id])),
    );
  };
  const remove = (index: number) =>
    change(
      items.toSpliced(index, 1),
      () => root.current?.querySelector<HTMLElement>('[data-add]'),
      () => setSaid(t('list.removed', { number: index + 1 })),
    );
  const move = (index: number, by: -1 | 1) => {
    const to = index + by;
    const entry = items[index];
    if (to < 0 || to >= items.length || entry === undefined) return;
    change(
      items.toSpliced(index, 1).toSpliced(to, 0, entry),
      () => inItem(to, `[data-move="${by}"]:not(:disabled), [data-move]:not(:disabled)`),
      () => setSaid(t('list.moved', { number: to + 1 })),
    );
  };

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
