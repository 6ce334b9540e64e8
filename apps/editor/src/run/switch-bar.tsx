import { useQuery } from '@tanstack/react-query';
import { useTranslation } from 'react-i18next';
import { modelsQuery } from '../api/queries.ts';
import { commands } from '../store/commands.ts';
import { useEditor, useEditorStore } from '../store/context.tsx';
import { demoSteps } from '../store/edits/switch-models.ts';
import { Button } from '../ui/button.tsx';

/** Offered where the demo model answered although a real one is connected: one click, one undo step. */
export function SwitchBar() {
  const { t } = useTranslation('run');
  const store = useEditorStore();
  const count = useEditor((state) => demoSteps(state.flow.nodes).length);
  const simulated = useEditor((state) => state.run.result?.simulated === true);
  const { data } = useQuery({ ...modelsQuery, enabled: simulated && count > 0 });
  const provider = data?.models.find(({ id }) => id === 'auto')?.provider;
  const model = data?.models.find((option) => option.id !== 'auto' && option.provider === provider && !option.simulated)?.id;
  if (!simulated || count === 0 || model === undefined) return null;
  return (
    <div className="flex flex-wrap items-center gap-x-3 gap-y-1 border-t bg-canvas px-4 py-1 text-body">
      <p className="flex-1 text-ink2">{t('demoSteps', { count })}</p>
      <Button size="small" onClick={() => commands.switchFromDemo(store, model)}>
        {t('switchTo', { model })}
      </Button>
    </div>
  );
}
