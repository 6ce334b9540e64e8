import { isRecord, type Json } from '@patchbay/flow';
import { type ConfigSchema, type FieldUi, isShown } from '@patchbay/node-kit';
import { ChevronRight } from 'lucide-react';
import { type KeyboardEvent, type ReactNode, useId, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useEditor } from '../../store/context.tsx';
import { endNode, endPort } from '../../store/edits/ends.ts';
import type { ConfigPath } from '../../store/edits/setting.ts';
import { join } from '../../ui/join.ts';
import { FormContext, problemsAt, useForm } from './form-context.ts';
import { ItemButtons } from './item-buttons.tsx';
import { calledById, idFromTitle, idsOf } from './item-ids.ts';
import type { ListRenderers } from './list-field.tsx';
import { MoreFields } from './more-fields.tsx';
import { shownRecord } from './shown.ts';

export interface ListItemProps extends ListRenderers {
  entry: Json;
  index: number;
  items: readonly Json[];
  /** Path of the list. */
  path: ConfigPath;
  schema: ConfigSchema;
  fresh: ReadonlySet<string>;
  onFresh: (old: string, id: string) => void;
  onSettled: (id: string) => void;
  onMove: (by: -1 | 1) => void;
  onRemove: () => void;
}

const openUpTo = 3;

/** One entry: its name and its buttons above, its fields below; long lists are folded. */
export function ListItem(props: ListItemProps) {
  const { entry, index, items, path, schema, fresh, onMove, onRemove } = props;
  const { t } = useTranslation('inspector');
  const form = useForm();
  const place = [...path, index];
  const wrong = problemsAt(form, place, true).length > 0;
  const [chosen, setChosen] = useState<boolean>();
  const open = chosen ?? (items.length <= openUpTo || wrong || isNew(entry) || fresh.has(idOf(entry)));
  const body = useId();
  const name = nameOf(schema, entry, form.locale) ?? t('list.entry', { number: index + 1 });
  const keys = (event: KeyboardEvent) => {
    if (!event.altKey || event.shiftKey || event.ctrlKey || event.metaKey || event.defaultPrevented) return;
    if (event.key !== 'ArrowUp' && event.key !== 'ArrowDown') return;
    if (event.target instanceof Element && event.target.closest('.cm-editor, [role=combobox], [aria-haspopup=listbox]')) return;
    event.preventDefault();
    event.stopPropagation();
    onMove(event.key === 'ArrowUp' ? -1 : 1);
  };
  const plain = schema.properties === undefined;
  const buttons = <ItemButtons name={name} index={index} count={items.length} onMove={onMove} onRemove={onRemove} />;
  if (plain) return <PlainEntry {...props} buttons={buttons} keys={keys} />;
  return (
    <li aria-label={name} className="min-w-0 rounded-field border bg-surface" onKeyDown={keys}>
      <div className="flex items-center gap-1 pr-1 pl-1">
        <button
          type="button"
          aria-expanded={open}
          aria-controls={body}
          className="flex h-9 min-w-0 flex-1 items-center gap-1 rounded-field px-1 text-left text-body font-medium hover:text-accent"
          onClick={() => setChosen(!open)}
        >
          <ChevronRight className={join('size-4 shrink-0 text-ink3 transition-transform', open && 'rotate-90')} aria-hidden />
          <span className="truncate">{name}</span>
        </button>
        {buttons}
      </div>
      <div id={body} hidden={!open} className="border-t px-3 pt-2 pb-3">
        {open && <ItemFields {...props} />}
      </div>
    </li>
  );
}

const idOf = (entry: Json): string => (isRecord(entry) && typeof entry['id'] === 'string' ? entry['id'] : '');
const isNew = (entry: Json): boolean => isRecord(entry) && entry['title'] === '';

/** An entry that is one text. */
function PlainEntry({
  entry,
  index,
  path,
  schema,
  renderField,
  buttons,
  keys,
}: ListItemProps & { buttons: ReactNode; keys: (event: KeyboardEvent) => void }) {
  const { t } = useTranslation('inspector');
  if (schema.ui === undefined) return null;
  const { title } = schema.ui;
  const numbered = {
    en: t('list.numbered', { title: title.en, number: index + 1 }),
    'zh-Hans': t('list.numbered', { title: title['zh-Hans'], number: index + 1 }),
  };
  return (
    <li className="flex min-w-0 items-end gap-1" onKeyDown={keys}>
      <div className="min-w-0 flex-1">
        {renderField({ path: [...path, index], schema, ui: { ...schema.ui, title: numbered }, value: entry, siblingType: undefined })}
      </div>
      {buttons}
    </li>
  );
}

/** The entry's fields; the title of a fresh entry gives it its id, until the title is left for the first time. */
function ItemFields({ entry, index, items, path, schema, fresh, onFresh, onSettled, renderFields }: ListItemProps) {
  const form = useForm();
  const place = [...path, index];
  const record = isRecord(entry) ? (entry as Record<string, Json>) : {};
  const id = idOf(entry);
  const wired = useEditor((state) =>
    state.flow.edges.some((edge) => [edge.from, edge.to].some((end) => endNode(end) === form.node && endPort(end) === id)),
  );
  const follows = fresh.has(id) && !wired;
  const write: typeof form.write = (at, value) => {
    if (!follows || at.length !== place.length + 1 || at.at(-1) !== 'title' || typeof value !== 'string') return form.write(at, value);
    const next = idFromTitle(value, id, [...idsOf(items.toSpliced(index, 1)), 'otherwise', 'choice', 'data', 'error']);
    form.write(place, { ...record, title: value, id: next });
    onFresh(id, next);
  };
  const shown = shownRecord(schema, entry);
  const folded = (ui: FieldUi) => ui.advanced === true || (ui.widget === 'id' && !calledById(schema));
  const more = Object.entries(schema.properties ?? {}).filter(
    ([, property]) => property.ui !== undefined && folded(property.ui) && isShown(property.ui, shown),
  );
  return (
    <FormContext value={{ ...form, write }}>
      {/* biome-ignore lint/a11y/noStaticElementInteractions: only hears that the title was left */}
      <div
        className="flex min-w-0 flex-col gap-3"
        onBlur={(event) => {
          if (fresh.has(id) && event.target instanceof HTMLInputElement && event.target.value !== '') onSettled(id);
        }}
      >
        {renderFields({ schema, value: entry, path: place, only: (ui) => !folded(ui) })}
        {more.length > 0 && (
          <MoreFields open={more.some(([key]) => problemsAt(form, [...place, key], true).length > 0)}>
            {renderFields({ schema, value: entry, path: place, only: folded })}
          </MoreFields>
        )}
      </div>
    </FormContext>
  );
}

/** What the entry is called: its title, its name, its first text, else nothing. */
function nameOf(schema: ConfigSchema, entry: Json, locale: 'en' | 'zh-Hans'): string | undefined {
  const record = shownRecord(schema, entry);
  for (const key of ['title', 'name', 'id']) {
    const text = record[key];
    if (typeof text === 'string' && text !== '') return text;
  }
  const words = Object.entries(schema.properties ?? {}).flatMap(([key, { ui }]) => {
    const value = record[key];
    if (ui === undefined || ui.advanced === true || !isShown(ui, record) || typeof value !== 'string' || value === '') return [];
    return [ui.options?.find((option) => option.value === value)?.title[locale] ?? value];
  });
  return words.length === 0 ? undefined : words.join(' ');
}
