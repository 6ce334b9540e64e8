import { useEffect, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useEditor, useEditorStore } from '../store/context.tsx';

/** The flow's name, changed in place: Enter or leaving keeps it, Escape takes it back, an empty one is not taken. */
export function FlowName() {
  const { t } = useTranslation('app');
  const store = useEditorStore();
  const name = useEditor((state) => state.flow.name);
  const [typed, setTyped] = useState(name);
  useEffect(() => setTyped(name), [name]);
  useEffect(() => {
    const before = document.title;
    document.title = `${name} · Patchbay`;
    return () => {
      document.title = before;
    };
  }, [name]);
  const keep = () => {
    const next = typed.trim().slice(0, 200);
    if (next === '' || next === name) return setTyped(name);
    store.command({ key: 'app:editor.rename' }, (draft) => {
      draft.name = next;
    });
  };
  return (
    <h1 className="min-w-0">
      <input
        aria-label={t('editor.rename')}
        value={typed}
        maxLength={200}
        onChange={(event) => setTyped(event.target.value)}
        onBlur={keep}
        onKeyDown={(event) => {
          if (event.nativeEvent.isComposing) return;
          if (event.key === 'Enter') event.currentTarget.blur();
          if (event.key === 'Escape') setTyped(name);
        }}
        className="field-sizing-content h-7 max-w-[32ch] min-w-[8ch] truncate rounded-chip border border-transparent px-1 text-field font-semibold transition-colors hover:border-line focus:border-line-strong focus-visible:outline-offset-0"
      />
    </h1>
  );
}
