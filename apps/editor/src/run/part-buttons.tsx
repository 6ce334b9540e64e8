import { Play, StepForward } from 'lucide-react';
import { useTranslation } from 'react-i18next';
import { useEditor, useEditorStore } from '../store/context.tsx';
import { mayPin } from '../store/pin-commands.ts';
import { pinOf } from '../store/pins.ts';
import { Button } from '../ui/button.tsx';
import { useRunActions } from './run-actions.tsx';

/** Runs one step, or from it on. A pinned step is never run by itself. */
export function PartButtons({ id }: { id: string }) {
  const { t } = useTranslation('reuse');
  const store = useEditorStore();
  const pinned = useEditor((state) => pinOf(state, id) !== undefined);
  const { runStep, runFrom, running } = useRunActions();
  if (!mayPin(store, id)) return null;
  return (
    <div className="flex flex-wrap gap-2">
      <Button size="small" icon={<Play />} disabled={running || pinned} title={t('runStepHelp')} onClick={() => runStep(id)}>
        {t('runStep')}
      </Button>
      <Button size="small" icon={<StepForward />} disabled={running} title={t('runFromHelp')} onClick={() => runFrom(id)}>
        {t('runFrom')}
      </Button>
    </div>
  );
}
