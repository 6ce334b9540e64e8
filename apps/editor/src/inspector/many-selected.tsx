import '../i18n/words/inspector.ts';
import { Copy, EyeOff, LayoutGrid, Repeat2, Trash2 } from 'lucide-react';
import { useTranslation } from 'react-i18next';
import { useWrap } from '../canvas/use-wrap.ts';
import { commands } from '../store/commands.ts';
import { useEditor, useEditorStore } from '../store/context.tsx';
import { nodeOf } from '../store/edits/ends.ts';
import { Button } from '../ui/button.tsx';

/** Several steps at once: how many, and what can be done with all of them. */
export function ManySelected({ ids }: { ids: readonly string[] }) {
  const { t } = useTranslation(['inspector', 'loops']);
  const store = useEditorStore();
  const wrap = useWrap();
  const allOff = useEditor((state) => ids.every((id) => nodeOf(state.flow, id)?.bypass === true));
  return (
    <div className="flex flex-col gap-4 px-4 pt-4">
      <h2 className="text-title font-semibold">{t('many.title', { count: ids.length })}</h2>
      <div className="flex flex-wrap gap-2">
        <Button icon={<Copy />} onClick={() => commands.duplicate(store, ids)}>
          {t('step.duplicate')}
        </Button>
        <Button icon={<EyeOff />} onClick={() => commands.toggleBypass(store, ids)}>
          {allOff ? t('step.unbypass') : t('step.bypass')}
        </Button>
        <Button icon={<LayoutGrid />} onClick={() => void commands.tidy(store, new Map())}>
          {t('many.tidy')}
        </Button>
        {store.catalogue.has('for_each') && (
          <Button icon={<Repeat2 />} onClick={() => wrap('for_each', ids)}>
            {t('loops:menu.forEach')}
          </Button>
        )}
        <Button look="danger" icon={<Trash2 />} onClick={() => commands.removeSelected(store)}>
          {t('step.remove')}
        </Button>
      </div>
    </div>
  );
}
