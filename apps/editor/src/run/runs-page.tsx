import '../i18n/words/reuse.ts';
import '../i18n/words/run.ts';
import type { RunSummary } from '@patchbay/services/resources';
import { useInfiniteQuery } from '@tanstack/react-query';
import { Link } from '@tanstack/react-router';
import { ListVideo } from 'lucide-react';
import { useTranslation } from 'react-i18next';
import { listRuns } from '../api/flows.ts';
import { sentenceOf } from '../api/sentence.ts';
import { Page } from '../app/page.tsx';
import { useLocale } from '../i18n/index.ts';
import { SimulatedBadge } from '../ui/badge.tsx';
import { Button } from '../ui/button.tsx';
import { EmptyState } from '../ui/empty-state.tsx';
import { formatAgo, formatDuration, formatMoment } from '../ui/format.ts';
import { Skeleton } from '../ui/skeleton.tsx';
import { ReplayInRow } from './replay-buttons.tsx';
import { StatusMark } from './status-mark.tsx';
import { Cost, Tokens } from './usage-figures.tsx';

/** What ran, newest first, from wherever it was started. */
export function RunsPage() {
  const { t } = useTranslation(['run', 'app']);
  const query = useInfiniteQuery({
    queryKey: ['runs'],
    queryFn: ({ pageParam, signal }) => listRuns(pageParam, signal),
    initialPageParam: null as string | null,
    getNextPageParam: (last) => last.next,
  });
  const runs = query.data?.pages.flatMap((page) => page.runs);
  return (
    <Page title={t('runs.title')}>
      {query.error !== null && (
        <div role="alert" className="flex items-center gap-4 rounded-card border bg-surface p-4">
          <p className="flex-1">
            <span className="font-medium">{t('runs.failed')}</span> <span className="text-ink2">{sentenceOf(query.error)}</span>
          </p>
          <Button onClick={() => void query.refetch()}>{t('app:retry')}</Button>
        </div>
      )}
      {runs === undefined && query.error === null && (
        <div role="status" aria-label={t('app:loading')} className="flex flex-col gap-px">
          {['a', 'b', 'c', 'd', 'e'].map((key) => (
            <Skeleton key={key} className="h-10 rounded-none" />
          ))}
        </div>
      )}
      {runs?.length === 0 && (
        <div className="rounded-card border border-dashed">
          <EmptyState
            icon={<ListVideo />}
            title={t('runs.none')}
            text={t('runs.noneText')}
            action={
              <Button nativeButton={false} render={<Link to="/" />}>
                {t('runs.home')}
              </Button>
            }
          />
        </div>
      )}
      {runs !== undefined && runs.length > 0 && <RunTable runs={runs} />}
      {query.hasNextPage && (
        <Button className="self-center" busy={query.isFetchingNextPage} onClick={() => void query.fetchNextPage()}>
          {t('runs.more')}
        </Button>
      )}
    </Page>
  );
}

const left = ['runs.status', 'runs.flow', 'runs.version', 'runs.source', 'runs.started'] as const;
const right = ['time', 'tokens', 'cost'] as const;

function RunTable({ runs }: { runs: RunSummary[] }) {
  const { t } = useTranslation(['run', 'reuse']);
  return (
    <div className="scroll rounded-card border bg-surface shadow-e1">
      <table className="w-full border-collapse text-body">
        <thead>
          <tr className="border-b text-left text-port text-ink3">
            {left.map((key) => (
              <th key={key} scope="col" className="px-4 py-2 max-lg:px-2 font-medium whitespace-nowrap">
                {t(key)}
              </th>
            ))}
            {right.map((key) => (
              <th key={key} scope="col" className="px-4 py-2 max-lg:px-2 text-right font-medium whitespace-nowrap">
                {t(key)}
              </th>
            ))}
            <th scope="col">
              <span className="sr-only">{t('reuse:replay')}</span>
            </th>
          </tr>
        </thead>
        <tbody>
          {runs.map((run) => (
            <RunRow key={run.id} run={run} />
          ))}
        </tbody>
      </table>
    </div>
  );
}

function RunRow({ run }: { run: RunSummary }) {
  const { t } = useTranslation('run');
  const locale = useLocale();
  const figure = 'figures px-4 py-2 max-lg:px-2 text-right text-port whitespace-nowrap text-ink2';
  return (
    <tr className="border-b transition-colors last:border-0 hover:bg-canvas">
      <td className="px-4 py-2 max-lg:px-2 whitespace-nowrap">
        <span className="inline-flex items-center gap-2">
          <StatusMark status={run.status} />
          {run.simulated && <SimulatedBadge />}
        </span>
      </td>
      <td className="max-w-[280px] px-4 py-2 max-lg:px-2">
        <Link to="/runs/$id" params={{ id: run.id }} className="block truncate rounded-chip font-medium hover:text-accent">
          {run.flowName}
        </Link>
      </td>
      <td className="px-4 py-2 max-lg:px-2 whitespace-nowrap text-ink2">{run.version === null ? t('runs.draft') : `v${run.version}`}</td>
      <td className="px-4 py-2 max-lg:px-2 whitespace-nowrap text-ink2">{t(`runs.sources.${run.source}`)}</td>
      <td className="px-4 py-2 max-lg:px-2 whitespace-nowrap text-ink3" title={formatMoment(run.startedAt, locale)}>
        {formatAgo(run.startedAt, locale)}
      </td>
      <td className={figure}>{formatDuration(run.durationMs, locale)}</td>
      <td className={figure}>
        <Tokens usage={run.usage} />
      </td>
      <td className={figure}>
        <Cost usage={run.usage} simulated={run.simulated} />
      </td>
      <td className="pr-2 text-right">
        {!['queued', 'running', 'waiting'].includes(run.status) && <ReplayInRow run={run.id} flow={run.flowName} />}
      </td>
    </tr>
  );
}
