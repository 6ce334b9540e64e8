import '../i18n/words/canvas.ts';
import '../i18n/words/loops.ts';
import '../i18n/words/reuse.ts';
import '../i18n/words/run.ts';
import { type ColumnTitles, type FlowField, flowFace, readableOutputs } from '@patchbay/node-kit';
import { catalogue } from '@patchbay/nodes';
import type { RunDetail } from '@patchbay/services/resources';
import { useQuery, useQueryClient } from '@tanstack/react-query';
import { getRouteApi, Link } from '@tanstack/react-router';
import { ArrowLeft, CircleAlert } from 'lucide-react';
import { type ReactNode, useMemo, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { ApiError } from '../api/client.ts';
import { flowQuery, runQuery } from '../api/queries.ts';
import { sentenceOf } from '../api/sentence.ts';
import { Page } from '../app/page.tsx';
import { useLocale } from '../i18n/index.ts';
import { SimulatedBadge } from '../ui/badge.tsx';
import { Button } from '../ui/button.tsx';
import { EmptyState } from '../ui/empty-state.tsx';
import { formatDuration, formatMoment } from '../ui/format.ts';
import { Skeleton } from '../ui/skeleton.tsx';
import { ValueView } from '../ui/value-view.tsx';
import { FailureNote } from './failure-note.tsx';
import { ReplayButtons } from './replay-buttons.tsx';
import { ReusedLine } from './reused-line.tsx';
import { StatusMark } from './status-mark.tsx';
import { type StepNames, stepNames } from './step-names.ts';
import { runOfRecords, stepRows } from './step-rows.ts';
import { StepTable } from './step-table.tsx';
import { Cost, Tokens, UsageNotes } from './usage-figures.tsx';
import { WaitForm } from './wait-form.tsx';

const route = getRouteApi('/runs/$id');
const isOpen = (status: string | undefined): boolean => status === 'queued' || status === 'running' || status === 'waiting';

/** One stored run: what went in, what came out, and every step. */
export function RunPage() {
  const { id } = route.useParams();
  const { t } = useTranslation(['run', 'app']);
  // A run that has not ended goes on elsewhere: it is looked at again.
  const query = useQuery({ ...runQuery(id), refetchInterval: ({ state }) => (isOpen(state.data?.run.status) ? 2_000 : false) });
  if (query.data !== undefined) return <StoredRun detail={query.data} />;
  if (query.error === null) {
    return (
      <Page title={t('runs.detail', { id })}>
        <Skeleton className="h-40 rounded-card" />
      </Page>
    );
  }
  const missing = query.error instanceof ApiError && query.error.status === 404;
  return (
    <Page title={t('runs.detail', { id })}>
      <EmptyState
        icon={<CircleAlert />}
        title={missing ? t('runs.notFound') : sentenceOf(query.error)}
        action={
          <Button nativeButton={false} render={<Link to="/runs" />}>
            {t('runs.back')}
          </Button>
        }
      />
    </Page>
  );
}

function StoredRun({ detail }: { detail: RunDetail }) {
  const { t } = useTranslation(['run', 'reuse']);
  const locale = useLocale();
  const queries = useQueryClient();
  const { run, error } = detail;
  const ended = !isOpen(run.status);
  // Titles come from the flow as it is now; a step that is gone keeps its id.
  const flow = useQuery({ ...flowQuery(detail.flowId), retry: false }).data?.flow;
  const name = stepNames(flow, catalogue, locale);
  const face = flow && flowFace(flow, catalogue);
  const readable = flow && readableOutputs(flow, catalogue, locale);
  const outputs = Object.fromEntries(Object.entries(detail.outputs).map(([id, value]) => [id, readable?.(id, value) ?? value]));
  return (
    <Page
      title={detail.flowName}
      back={
        <Link to="/runs" className="mb-2 inline-flex items-center gap-1 rounded-chip text-body text-ink3 hover:text-ink">
          <ArrowLeft className="size-4" aria-hidden />
          {t('runs.back')}
        </Link>
      }
    >
      <div className="flex flex-wrap items-center gap-x-4 gap-y-2 text-body text-ink2">
        <StatusMark status={run.status} />
        {run.simulated === true && <SimulatedBadge />}
        <span>{detail.version === null ? t('runs.draft') : `v${detail.version}`}</span>
        <span>{t(`runs.sources.${detail.source}`)}</span>
        <span>{formatMoment(detail.startedAt, locale)}</span>
        <span className="figures text-port">{formatDuration(run.durationMs, locale)}</span>
        <span className="figures text-port">
          <Tokens usage={run.usage} worded />
        </span>
        <UsageNotes usage={run.usage} />
        <span className="figures text-port">
          <Cost usage={run.usage} simulated={run.simulated === true} />
        </span>
        <code className="text-port text-ink3">{run.id}</code>
        <ReusedLine reused={run.reused} />
        <span className="flex-1" />
        <span className="flex flex-wrap gap-2">
          {ended && <ReplayButtons run={run.id} masked={detail.masked === true} />}
          <Button nativeButton={false} render={<Link to="/flows/$id" params={{ id: detail.flowId }} />}>
            {t('runs.openFlow')}
          </Button>
        </span>
      </div>
      {detail.replay !== undefined && (
        <p className="text-body text-ink2">
          <Link to="/runs/$id" params={{ id: detail.replay.run }} className="rounded-chip text-accent underline">
            {detail.replay.version === 'draft' ? t('reuse:replayOfDraft') : t('reuse:replayOf')}
          </Link>
        </p>
      )}
      {detail.masked === true && <p className="text-body text-ink2">{t('reuse:masked')}</p>}
      {detail.waits?.map((wait) => (
        <WaitForm key={wait.id} run={run.id} wait={wait} onAnswered={() => void queries.invalidateQueries({ queryKey: ['run', run.id] })} />
      ))}
      {error !== undefined && <FailureNote message={error.message} fix={error.fix} details={`${error.class} · ${error.reason}`} />}
      {run.empty === true && (
        <p className="text-ink2">
          {t('empty')} {run.reason}
        </p>
      )}
      <div className="grid gap-6 lg:grid-cols-2">
        <Values title={t('runs.inputs')} values={detail.inputs} fields={face?.inputs} />
        <Values title={t('runs.outputs')} values={outputs} fields={face?.outputs} columns={readable?.columns} />
      </div>
      <Section title={t('runs.steps')}>
        <Steps detail={detail} name={name} />
      </Section>
    </Page>
  );
}

function Steps({ detail, name }: { detail: RunDetail; name: StepNames }) {
  const [shown, setShown] = useState<Readonly<Record<string, number>>>({});
  const run = useMemo(() => runOfRecords(detail.steps), [detail]);
  return (
    <StepTable
      rows={stepRows({ ...run, shown })}
      name={name}
      onTurn={(container, turn) => setShown((before) => ({ ...before, [container]: turn }))}
    />
  );
}

function Section({ title, children }: { title: string; children: ReactNode }) {
  return (
    <section aria-label={title} className="min-w-0">
      <h2 className="mb-2 text-title font-semibold">{title}</h2>
      <div className="scroll rounded-card border bg-surface shadow-e1">{children}</div>
    </section>
  );
}

interface ValuesProps {
  title: string;
  values: RunDetail['inputs'];
  fields?: FlowField[] | undefined;
  columns?: ((output: string) => ColumnTitles) | undefined;
}

function Values({ title, values, fields = [], columns }: ValuesProps) {
  const { t } = useTranslation('run');
  const entries = Object.entries(values);
  return (
    <Section title={title}>
      {entries.length === 0 && <p className="px-4 py-3 text-ink3">{t('nullValue')}</p>}
      <dl>
        {entries.map(([id, value]) => (
          <div key={id} className="border-b px-4 py-3 last:border-0">
            <dt className="mb-1 text-port text-ink3">{fields.find((field) => field.id === id)?.title ?? id}</dt>
            <dd className="min-w-0">
              <ValueView value={value} columns={columns?.(id)} />
            </dd>
          </div>
        ))}
      </dl>
    </Section>
  );
}
