import { MessagesSquare, Play, Square, TextCursorInput } from 'lucide-react';
import { type Ref, useMemo, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useLocale } from '../i18n/index.ts';
import { useEditor } from '../store/context.tsx';
import type { RunState } from '../store/types.ts';
import { SimulatedBadge } from '../ui/badge.tsx';
import { Button } from '../ui/button.tsx';
import { focusWhenDrawn } from '../ui/focus-when-drawn.ts';
import { formatDuration } from '../ui/format.ts';
import { IconButton } from '../ui/icon-button.tsx';
import { lazyPart } from '../ui/lazy-part.tsx';
import { chatFace } from './chat/chat-face.ts';
import type { ChatViewProps } from './chat/chat-view.tsx';
import { EstimateLine } from './estimate-line.tsx';
import { ExampleMenu } from './example-menu.tsx';
import { InputForm } from './input-form.tsx';
import { ReusedLine } from './reused-line.tsx';
import { StatusMark } from './status-mark.tsx';
import { Cost, Tokens } from './usage-figures.tsx';
import type { RunSession } from './use-run-session.ts';

const ChatView = lazyPart<ChatViewProps>(async () => (await import('./chat/chat-view.tsx')).ChatView);

const firstWrong = '[data-testid=run-panel] [aria-invalid=true]';

export interface RunInputsProps {
  session: RunSession;
  runRef: Ref<HTMLElement>;
}

/** How the flow is tried: by talking to it where it talks, else by its form. */
export function RunInputs({ session, runRef }: RunInputsProps) {
  const { t } = useTranslation('run');
  const nodes = useEditor((state) => state.flow.nodes);
  const edges = useEditor((state) => state.flow.edges);
  const run = useEditor((state) => state.run);
  const talk = useMemo(() => chatFace({ nodes, edges }), [nodes, edges]);
  const [asForm, setAsForm] = useState(false);
  if (talk !== undefined && !asForm)
    return (
      <section aria-label={t('inputs')} className="flex w-[48%] max-w-[560px] min-w-[280px] flex-col border-r">
        <ChatView session={session} face={talk} runRef={runRef} />
        <div className="flex items-center gap-2 border-t px-4 py-1">
          <div className="flex min-h-8 min-w-0 flex-1 items-center">
            <RunStatusLine run={run} />
          </div>
          <IconButton label={t('asForm')} icon={<TextCursorInput />} onClick={() => setAsForm(true)} />
        </div>
      </section>
    );
  return (
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
          {talk !== undefined && <IconButton label={t('asTalk')} icon={<MessagesSquare />} onClick={() => setAsForm(false)} />}
          <ExampleMenu session={session} />
        </div>
        {session.fields.length > 0 ? (
          <InputForm session={session} />
        ) : (
          <p className="text-body text-ink3">{hasInput(nodes) ? t('noInputs') : t('noInputNode')}</p>
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
        <span className="figures flex flex-wrap gap-x-3 whitespace-nowrap text-ink3">
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
