import type { FlowDocument } from '@patchbay/flow';
import type { TemplateResource } from '@patchbay/services/resources';
import { useTranslation } from 'react-i18next';
import { sentenceOf } from '../api/sentence.ts';
import { useLocale } from '../i18n/index.ts';
import { Button } from '../ui/button.tsx';
import { Skeleton } from '../ui/skeleton.tsx';
import { TaskCard } from './task-card.tsx';

export interface TaskCardsProps {
  templates: TemplateResource[] | undefined;
  error: Error | null;
  onRetry: () => void;
  /** The document a flow is being made of, while it is. */
  creating: FlowDocument | undefined;
  onPick: (template: TemplateResource) => void;
  /** A page of nothing but tasks has its own heading. */
  titled?: boolean;
}

const grid = 'grid grid-cols-[repeat(auto-fill,minmax(280px,1fr))] gap-4';
/** Name, words and example of the cards in a row stand on the same lines. */
const lines = `${grid} auto-rows-auto gap-y-0 -mb-4`;

export function TaskCards({ templates, error, onRetry, creating, onPick, titled = true }: TaskCardsProps) {
  const { t } = useTranslation(['home', 'app']);
  const locale = useLocale();
  if (templates?.length === 0) return null;
  return (
    <section aria-labelledby="tasks-title" className="flex flex-col gap-4">
      <h2 id="tasks-title" className={titled ? 'text-title font-semibold' : 'sr-only'}>
        {t('tasks')}
      </h2>
      {templates !== undefined && (
        <ul className={lines}>
          {templates
            .toSorted((a, b) => a.order - b.order)
            .map((template) => (
              <li key={template.id} className="row-span-3 grid grid-rows-subgrid">
                <TaskCard template={template} locale={locale} busy={creating === template.flow} onPick={() => onPick(template)} />
              </li>
            ))}
        </ul>
      )}
      {templates === undefined && error !== null && (
        <div role="alert" className="flex flex-wrap items-center gap-4 rounded-card border bg-surface p-4">
          <p className="flex-1">
            <span className="font-medium">{t('templatesFailed')}</span> <span className="text-ink2">{sentenceOf(error)}</span>
          </p>
          <Button onClick={onRetry}>{t('app:retry')}</Button>
        </div>
      )}
      {templates === undefined && error === null && (
        <div className={grid} role="status" aria-label={t('app:loading')}>
          {['a', 'b', 'c', 'd', 'e', 'f'].map((key) => (
            <Skeleton key={key} className="h-48 rounded-card" />
          ))}
        </div>
      )}
    </section>
  );
}
