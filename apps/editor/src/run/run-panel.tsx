import { Play, Square } from 'lucide-react';
import { type Ref, useMemo, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useLocale } from '../i18n/index.ts';
import { useEditor, useEditorStore } from '../store/context.tsx';
import { showTurn } from '../store/turns.ts';
import type { RunState } from '../store/types.ts';
import { SimulatedBadge } from '../ui/badge.tsx';
import { Button } from '../ui/button.tsx';
import { focusWhenDrawn } from '../ui/focus-when-drawn.ts';
import { formatDuration } from '../ui/format.ts';
import { Tabs } from '../ui/tabs.tsx';
import { JsonView } from '../ui/value-view.tsx';
import { EstimateLine } from './estimate-line.tsx';
import { ExampleMenu } from './example-menu.tsx';
import { InputForm } from './input-form.tsx';
import { ResultView } from './result-view.tsx';
import { ReusedLine } from './reused-line.tsx';
import { StatusMark } from './status-mark.tsx';
import { stepNames } from './step-names.ts';
import { stepRows } from './step-rows.ts';
import { StepTable } from './step-table.tsx';
import { SwitchBar } from './switch-bar.tsx';
import { Cost, Tokens } from './usage-figures.tsx';
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

const firstWrong = '[data-testid=run-panel] [aria-invalid=true]';

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
      <form
        aria-label={t('inputs')}
        className="flex w-[38%] max-w-[440px] min-w-[240px] flex-col border-r"
        noValidate
        onSubmit={(event) => {
          event.preventDefault();
          if (!session.start()) focusWhenDrawn(() => document.querySelector<HTMLElement>(firstWrong));
        }}
      >
        <div className="scroll min-h-0 flex-1 px-4 pt-3 pb-4">
          <div className="mb-2 flex min-h-8 items-center gap-2">
            <h2 className="flex-1 text-body font-semibold">{t('inputs')}</h2>
            <ExampleMenu session={session} />
          </div>
          {session.fields.length > 0 ? (
            <InputForm session={session} />
          ) : (
            <p className="text-body text-ink3">{hasInput(flow.nodes) ? t('noInputs') : t('noInputNode')}</p>
          )}
        </div>
        <div className="flex items-center gap-3 border-t px-4 py-2">
          {session.running ? (
            <Button icon={<Square />} onClick={session.stop}>
              {t('stop')}
            </Button>
          ) : (
            <Button ref={runRef} look="primary" type="submit" icon={<Play />}>
              {t('run')}
            </Button>
          )}
          <div className="flex min-w-0 flex-col gap-0.5">
            <RunStatusLine run={run} />
            {!session.running && <EstimateLine session={session} />}
          </div>
        </div>
      </form>
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

const hasInput = (nodes: Record<string, { type: string }>): boolean => Object.values(nodes).some((node) => node.type === 'input');

function RunStatusLine({ run }: { run: RunState }) {
  const locale = useLocale();
  const { result } = run;
  const open = (run.waits ?? []).length > 0 ? 'waiting' : 'running';
  const status = result?.status ?? (run.failure === undefined ? open : 'failed');
  const simulated = result?.simulated === true || Object.values(run.steps).some((step) => step.simulated === true);
  return (
    <div data-testid="run-status" role="status" className="flex min-w-0 flex-wrap items-center gap-x-3 gap-y-1 text-port">
      {run.phase !== 'idle' && <StatusMark status={status} />}
      {simulated && <SimulatedBadge />}
      <ReusedLine reused={result?.reused} />
      {result !== undefined && (
        <span className="figures flex gap-3 text-ink3">
          <span>{formatDuration(result.durationMs, locale)}</span>
          {result.usage.calls > 0 && (
            <>
              <Tokens usage={result.usage} worded />
              <Cost usage={result.usage} simulated={simulated} />
            </>
          )}
        </span>
      )}
    </div>
  );
}
