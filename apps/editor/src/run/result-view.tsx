import { isRecord, type Json } from '@patchbay/flow';
import { describeFailure, type FlowField, flowFace, type ReadableOutput, readableOutputs } from '@patchbay/node-kit';
import { Play } from 'lucide-react';
import { useMemo } from 'react';
import { useTranslation } from 'react-i18next';
import { useLocale } from '../i18n/index.ts';
import { useEditor, useEditorStore } from '../store/context.tsx';
import type { RunState, StepState } from '../store/types.ts';
import { CopyButton } from '../ui/copy-button.tsx';
import { EmptyState } from '../ui/empty-state.tsx';
import { RichText } from '../ui/rich-text.tsx';
import { ValueView } from '../ui/value-view.tsx';
import { Elapsed } from './elapsed.tsx';
import { FailureNote } from './failure-note.tsx';
import { type StepNames, skipSentence } from './step-names.ts';
import { WaitForm } from './wait-form.tsx';

export interface ResultViewProps {
  run: RunState;
  name: StepNames;
  onShow: (node: string) => void;
}

/** What the flow answers, as it arrives. */
export function ResultView({ run, name, onShow }: ResultViewProps) {
  const { t } = useTranslation('run');
  const store = useEditorStore();
  const locale = useLocale();
  const nodes = useEditor((state) => state.flow.nodes);
  const edges = useEditor((state) => state.flow.edges);
  const fields = useMemo(() => flowFace({ ...store.getState().flow, nodes }, store.catalogue).outputs, [store, nodes]);
  const readable = useMemo(
    () => readableOutputs({ ...store.getState().flow, nodes, edges }, store.catalogue, locale),
    [store, nodes, edges, locale],
  );
  if (run.phase === 'idle') return <EmptyState icon={<Play />} title={t('notRun')} text={t('notRunText')} />;
  const { result } = run;
  return (
    <div className="flex flex-col gap-4 p-4">
      {run.failure !== undefined && <FailureNote title={t('couldNotStart')} message={run.failure} />}
      {result !== undefined && <RunFailure run={run} name={name} onShow={onShow} />}
      {result?.status === 'interrupted' && <FailureNote message={t('broken')} />}
      {result?.empty === true && (
        <p className="text-field text-ink2">
          {t('empty')} {result.reason !== undefined && skipSentence(result.reason, name)}
        </p>
      )}
      {run.id !== undefined && run.waits?.map((wait) => <WaitForm key={wait.id} run={run.id ?? ''} wait={wait} />)}
      <div
        data-testid="run-result"
        aria-live="polite"
        aria-busy={run.phase === 'running'}
        className="flex flex-col gap-4 text-field leading-[22px]"
      >
        {fields.map((field) => (
          <OutputView key={field.id} field={field} run={run} titled={fields.length > 1} readable={readable} />
        ))}
      </div>
      {run.phase === 'running' && (run.waits ?? []).length === 0 && <Pending run={run} name={name} />}
    </div>
  );
}

function RunFailure({ run, name, onShow }: ResultViewProps) {
  const locale = useLocale();
  const error = run.result?.error;
  if (error === undefined) return null;
  const told = toldOf(error) ?? describeFailure(error, locale);
  const node = error.node ?? Object.entries(run.steps).find(([, step]) => step.status === 'failed')?.[0];
  return (
    <FailureNote
      message={told.message}
      fix={told.fix}
      connections={error.class === 'auth'}
      step={node === undefined ? undefined : name(node)}
      onShow={node === undefined ? undefined : () => onShow(node)}
      details={[error.class, error.reason, libraryWords(error.params), run.id].filter((part) => part !== undefined).join(' · ')}
    />
  );
}

/** What a library said of an expression or template, in its own words, beside our sentence. */
const libraryWords = (params: Record<string, unknown> | undefined): string | undefined =>
  typeof params?.['problem'] === 'string' && params['problem:en'] !== undefined ? params['problem'] : undefined;

/** The sentence the server made for this reader, where it sent one along. */
function toldOf(error: object): { message: string; fix?: string } | undefined {
  if (!('message' in error) || typeof error.message !== 'string') return undefined;
  return 'fix' in error && typeof error.fix === 'string' ? { message: error.message, fix: error.fix } : { message: error.message };
}

interface OutputViewProps {
  field: FlowField;
  run: RunState;
  titled: boolean;
  readable: ReadableOutput;
}

function OutputView({ field, run, titled, readable }: OutputViewProps) {
  const { t } = useTranslation('run');
  const output = Object.hasOwn(run.outputs, field.id) ? run.outputs[field.id] : undefined;
  const answered = output?.value ?? finalValue(run, field.id);
  const value = answered === undefined ? undefined : readable(field.id, answered);
  if (output === undefined && value === undefined) {
    if (!titled || run.result === undefined) return null;
    return (
      <section aria-label={field.title}>
        <OutputTitle title={field.title} />
        <p className="text-ink3 italic">{t('skippedOutput')}</p>
      </section>
    );
  }
  const shown: Json = value ?? output?.text ?? null;
  return (
    <section aria-label={field.title} className="min-w-0">
      {titled && <OutputTitle title={field.title} />}
      <div className="flex items-start gap-2 [&>button]:-mt-[5px]">
        <div className="min-w-0 max-w-[76ch] flex-1">
          {value === undefined ? <RichText text={output?.text ?? ''} /> : <ValueView value={value} columns={readable.columns(field.id)} />}
        </div>
        {run.phase === 'ended' && (
          <CopyButton
            label={t('copyResult', { name: field.title })}
            text={typeof shown === 'string' ? shown : JSON.stringify(shown, null, 2)}
          />
        )}
      </div>
      {output?.complete === false && <p className="mt-1 text-port text-warn">{t('incomplete')}</p>}
    </section>
  );
}

const OutputTitle = ({ title }: { title: string }) => <h3 className="mb-1 text-port font-medium text-ink3">{title}</h3>;

function finalValue(run: RunState, id: string): Json | undefined {
  const outputs = run.result?.outputs;
  return isRecord(outputs) && Object.hasOwn(outputs, id) ? (outputs[id] as Json) : undefined;
}

/** Until the first text comes: which step works, and for how long. No fake progress. */
function Pending({ run, name }: { run: RunState; name: StepNames }) {
  const { t } = useTranslation('run');
  const busy = Object.entries(run.steps).find((entry): entry is [string, StepState] => ['running', 'streaming'].includes(entry[1].status));
  if (busy === undefined || run.startedAt === undefined) return null;
  const [id, step] = busy;
  return (
    <p className="flex items-center gap-2 text-body text-ink3">
      <span className="size-1.5 animate-pulse rounded-full bg-accent" aria-hidden />
      {t('waitingFor', { step: name(id) })}
      <Elapsed since={run.startedAt + (step.startedAtMs ?? 0)} />
    </p>
  );
}
