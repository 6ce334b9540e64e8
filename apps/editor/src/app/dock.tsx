import { X } from 'lucide-react';
import type { Ref } from 'react';
import { useTranslation } from 'react-i18next';
import { RunPanel } from '../run/run-panel.tsx';
import type { RunSession } from '../run/use-run-session.ts';
import { useEditor } from '../store/context.tsx';
import { IconButton } from '../ui/icon-button.tsx';
import { Tabs } from '../ui/tabs.tsx';
import { ProblemsPanel } from './problems-panel.tsx';

export type DockView = 'run' | 'problems';

export interface DockProps {
  view: DockView;
  onView: (view: DockView) => void;
  session: RunSession;
  runRef: Ref<HTMLElement>;
  onShow: (node: string) => void;
  onPublish: () => void;
  onClose: () => void;
}

/** The panel below the canvas: try the flow, and see what is wrong with it. */
export function Dock({ view, onView, session, runRef, onShow, onPublish, onClose }: DockProps) {
  const { t } = useTranslation('app');
  const count = useEditor((state) => state.problems.length);
  return (
    <section aria-label={t('editor.panels.run')} className="flex min-h-0 flex-1 flex-col">
      <Tabs<DockView>
        label={t('editor.panels.run')}
        value={view}
        onChange={onView}
        className="flex-1"
        panelClassName="flex flex-col"
        end={<IconButton label={t('editor.hideRun')} icon={<X />} className="mr-1" onClick={onClose} />}
        items={[
          {
            id: 'run',
            label: t('editor.panels.run'),
            content: <RunPanel session={session} runRef={runRef} onShow={onShow} onPublish={onPublish} />,
          },
          {
            id: 'problems',
            label: t('editor.panels.problems'),
            ...(count > 0 ? { mark: count } : {}),
            content: <ProblemsPanel onShow={onShow} />,
          },
        ]}
      />
    </section>
  );
}
