import { useTranslation } from 'react-i18next';
import { commands } from '../store/commands.ts';
import { useEditorStore } from '../store/context.tsx';
import type { BackWire, WrapType } from '../store/edits/wrap.ts';
import { toast } from '../ui/toast.tsx';

/** Puts a container around steps and shows it; says why where that cannot be. */
export function useWrap(): (type: WrapType, ids: readonly string[], back?: BackWire) => void {
  const store = useEditorStore();
  const { t } = useTranslation('loops');
  return (type, ids, back) => {
    const made = commands.wrap(store, type, ids, back);
    if ('fault' in made) toast(t(`wrap.${made.fault}`));
    else window.dispatchEvent(new CustomEvent('patchbay:show-step', { detail: made.id }));
  };
}
