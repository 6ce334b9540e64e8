import { type Ref, useMemo, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useLocale } from '../i18n/index.ts';
import { useEditor, useEditorStore } from '../store/context.tsx';
import { showTurn } from '../store/turns.ts';
import { Tabs } from '../ui/tabs.tsx';
import { JsonView } from '../ui/value-view.tsx';
import { ResultView } from './result-view.tsx';
import { RunInputs } from './run-inputs.tsx';
import { stepNames } from './step-names.ts';
import { stepRows } from './step-rows.ts';
import { StepTable } from './step-table.tsx';
import { SwitchBar } from './switch-bar.tsx';
import type { RunSession } from './use-run-session.ts';
import { YoursBar } from './yours-bar.tsx';

export interface RunPanelProps {
  session: RunSession;
  /** The button that starts the run, for the focus of a fresh flow. */
  runRef: Ref<HTMLElement>;
  /** Selects a step and brings it into view. */
  onShow: (node: string) => void;
  onPublish: () => void;
}

type View = 'result' | 'steps' | 'raw';

/** Left the flow's own form, right what the run gives. */
export function RunPanel({ session, runRef, onShow, onPublish }: RunPanelProps) {
  const { t } = useTranslation('run');
  const locale = useLocale();
  const store = useEditorStore();
  const flow = useEditor((state) => state.flow);
  const run = useEditor((state) => state.run);
  const [view, setView] = useState<View>('result');
  const name = useMemo(() => stepNames(flow, store.catalogue, locale), [flow, store, locale]);
  return (
    <div data-testid="run-panel" className="flex min-h-0 flex-1 @container">
      <RunInputs session={session} runRef={runRef} />
      <div className="flex min-w-0 flex-1 flex-col">
        <Tabs
          label={t('tabs.label')}
          value={view}
          onChange={setView}
          className="flex-1"
          items={[
            { id: 'result', label: t('tabs.result'), content: <ResultView run={run} name={name} onShow={onShow} /> },
            {
              id: 'steps',
              label: t('tabs.steps'),
              content: (
                <StepTable
                  rows={stepRows(run)}
                  name={name}
                  startedAt={run.phase === 'running' ? run.startedAt : undefined}
                  onShow={onShow}
                  isStep={(node) => Object.hasOwn(flow.nodes, node)}
                  onTurn={(container, turn) => showTurn(store, container, turn)}
                />
              ),
            },
            {
              id: 'raw',
              label: t('tabs.raw'),
              content: <div className="p-4">{run.result !== undefined && <JsonView value={{ run: run.id, ...run.result }} />}</div>,
            },
          ]}
        />
        <SwitchBar />
        <YoursBar run={run} onShow={onShow} onPublish={onPublish} />
      </div>
    </div>
  );
}
