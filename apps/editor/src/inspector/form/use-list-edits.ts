import type { Json } from '@patchbay/flow';
import type { ConfigSchema } from '@patchbay/node-kit';
import { type RefObject, useState } from 'react';
import { flushSync } from 'react-dom';
import { useTranslation } from 'react-i18next';
import { useEditorStore } from '../../store/context.tsx';
import { nodeOf } from '../../store/edits/ends.ts';
import { portsNow } from '../../store/edits/ports.ts';
import type { ConfigPath } from '../../store/edits/setting.ts';
import { useForm } from './form-context.ts';
import { newEntry, newItemId } from './item-ids.ts';

interface ListPlace {
  root: RefObject<HTMLElement | null>;
  path: ConfigPath;
  items: readonly Json[];
  /** Schema of an entry. */
  item: ConfigSchema;
}

/** Adding, removing and moving entries; each moves the focus along and says what happened. */
export function useListEdits({ root, path, items, item }: ListPlace) {
  const form = useForm();
  const store = useEditorStore();
  const { t } = useTranslation('inspector');
  /** Ids of entries whose name still follows their title. */
  const [fresh, setFresh] = useState<ReadonlySet<string>>(new Set());
  const [said, setSaid] = useState('');

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
    const id = newItemId(items, String(path.at(-1) ?? 'item'), taken);
    const named = item.properties?.['id']?.ui?.widget === 'id';
    const entry = newEntry(item, id);
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

  return { fresh, setFresh, said, add, remove, move };
}
