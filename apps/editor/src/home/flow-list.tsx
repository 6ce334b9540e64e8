import { emptyFlow, type FlowDocument } from '@patchbay/flow';
import type { FlowSummary } from '@patchbay/services/resources';
import { Plus, Workflow } from 'lucide-react';
import { useTranslation } from 'react-i18next';
import { sentenceOf } from '../api/sentence.ts';
import { Button } from '../ui/button.tsx';
import { EmptyState } from '../ui/empty-state.tsx';
import { Skeleton } from '../ui/skeleton.tsx';
import { FlowRow } from './flow-row.tsx';
import { ImportButton } from './import-button.tsx';

export interface FlowListProps {
  flows: FlowSummary[] | undefined;
  /** A search narrows the list: an empty one then means no match. */
  filtered: boolean;
  error: Error | null;
  onRetry: () => void;
  onCreate: (flow: FlowDocument) => void;
  creating: boolean;
}

export function FlowList({ flows, filtered, error, onRetry, onCreate, creating }: FlowListProps) {
  const { t } = useTranslation(['home', 'app']);
  if (filtered && flows?.length === 0) return null;
  return (
    <section aria-labelledby="flows-title" className="flex flex-col gap-4">
      <div className="flex flex-wrap items-center gap-2">
        <h2 id="flows-title" className="flex-1 text-title font-semibold">
          {t('flows')}
        </h2>
        <ImportButton onImport={onCreate} />
        <Button icon={<Plus />} disabled={creating} onClick={() => onCreate(emptyFlow(t('blankName')))}>
          {t('blank')}
        </Button>
      </div>
      {error !== null && (
        <div role="alert" className="flex flex-wrap items-center gap-4 rounded-card border bg-surface p-4">
          <p className="flex-1">
            <span className="font-medium">{t('failed')}</span> <span className="text-ink2">{sentenceOf(error)}</span>
          </p>
          <Button onClick={onRetry}>{t('app:retry')}</Button>
        </div>
      )}
      {flows === undefined && error === null && <ListSkeleton label={t('app:loading')} />}
      {flows?.length === 0 && (
        <div className="rounded-card border border-dashed">
          <EmptyState icon={<Workflow />} title={t('noFlows')} text={t('noFlowsText')} />
        </div>
      )}
      {flows !== undefined && flows.length > 0 && <FlowTable flows={flows} dimmed={error !== null} />}
    </section>
  );
}

const columns = ['name', 'lastRun', 'endpoint', 'calls', 'changed'] as const;

function FlowTable({ flows, dimmed }: { flows: FlowSummary[]; dimmed: boolean }) {
  const { t } = useTranslation('home');
  return (
    <div className={`scroll rounded-card border bg-surface shadow-e1 ${dimmed ? 'opacity-60' : ''}`}>
      <table className="w-full border-collapse text-body">
        <thead>
          <tr className="border-b text-left text-port text-ink3">
            {columns.map((name) => (
              <th
                key={name}
                scope="col"
                className={`px-4 py-2 font-medium whitespace-nowrap ${name === 'calls' ? 'text-right' : name === 'changed' ? 'max-lg:hidden' : ''}`}
              >
                {t(`column.${name}`)}
              </th>
            ))}
            <th scope="col" className="w-12">
              <span className="sr-only">{t('column.actions')}</span>
            </th>
          </tr>
        </thead>
        <tbody>
          {flows.map((flow) => (
            <FlowRow key={flow.id} flow={flow} />
          ))}
        </tbody>
      </table>
    </div>
  );
}

function ListSkeleton({ label }: { label: string }) {
  return (
    <div role="status" aria-label={label} className="flex flex-col gap-px overflow-hidden rounded-card border">
      {['a', 'b', 'c'].map((key) => (
        <Skeleton key={key} className="h-11 rounded-none" />
      ))}
    </div>
  );
}
