import '../i18n/words/home.ts';
import '../i18n/words/run.ts';
import { emptyFlow } from '@patchbay/flow';
import { useQuery } from '@tanstack/react-query';
import { Search } from 'lucide-react';
import { type FormEvent, useEffect, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { flowsQuery, templatesQuery } from '../api/queries.ts';
import { useLocale } from '../i18n/index.ts';
import { Button } from '../ui/button.tsx';
import { FlowList } from './flow-list.tsx';
import { matches } from './match.ts';
import { TaskCards } from './task-cards.tsx';
import { useCreateFlow } from './use-create-flow.ts';
import { useOpenFlow } from './use-open-flow.ts';

/** Where everything begins: one question, six tasks, and the flows there are. */
export function HomePage() {
  const { t } = useTranslation('home');
  const locale = useLocale();
  const [text, setText] = useState('');
  const templates = useQuery(templatesQuery(locale));
  const flows = useQuery(flowsQuery);
  const create = useCreateFlow();
  const open = useOpenFlow();
  useEditorAhead();
  const query = text.trim();
  const found = templates.data?.templates.filter((item) => matches(query, item.name.en, item.name['zh-Hans'], item.summary[locale]));
  // All of them are found here and stand on their own page; Home itself stays short.
  const tasks = query === '' ? found?.slice(0, shownTasks) : found;
  const rows = flows.data?.flows.filter((item) => matches(query, item.name, item.slug));
  const nothing = query !== '' && tasks?.length === 0 && rows?.length === 0;

  const submit = (event: FormEvent) => {
    event.preventDefault();
    const [task] = tasks ?? [];
    const [row] = rows ?? [];
    if (query === '') return;
    if (task !== undefined) create.mutate({ flow: task.flow, slug: task.id });
    else if (row !== undefined) open(row.id);
    else create.mutate({ flow: emptyFlow(query.slice(0, 200)) });
  };

  return (
    <main id="content" tabIndex={-1} className="scroll flex-1 outline-none">
      <div className="mx-auto flex w-full max-w-[1040px] flex-col gap-8 px-6 pt-12 pb-16">
        <header className="flex flex-col gap-6">
          <h1 className="text-hero font-semibold tracking-tight text-balance">{t('title')}</h1>
          <search>
            <form onSubmit={submit} className="relative max-w-[640px]">
              <Search className="pointer-events-none absolute top-3.5 left-4 size-5 text-ink3" aria-hidden />
              <input
                type="search"
                value={text}
                onChange={(event) => setText(event.target.value)}
                placeholder={t('search')}
                aria-label={t('search')}
                className="h-12 w-full rounded-card border border-line-strong bg-surface pr-4 pl-12 text-title shadow-e1 transition-colors hover:border-ink3 focus-visible:outline-offset-0"
              />
            </form>
          </search>
        </header>
        {nothing && (
          <div className="flex flex-wrap items-center gap-4">
            <p className="text-field text-ink2">{t('noMatch', { text: query })}</p>
            <Button look="primary" busy={create.isPending} onClick={() => create.mutate({ flow: emptyFlow(query.slice(0, 200)) })}>
              {t('startBlank', { text: query.slice(0, 40) })}
            </Button>
          </div>
        )}
        {!nothing && (
          <>
            <TaskCards
              templates={tasks}
              error={templates.error}
              onRetry={() => void templates.refetch()}
              creating={create.isPending ? create.variables.flow : undefined}
              onPick={(template) => create.mutate({ flow: template.flow, slug: template.id })}
            />
            <FlowList
              flows={rows}
              filtered={query !== ''}
              error={flows.error}
              onRetry={() => void flows.refetch()}
              onCreate={(flow) => create.mutate({ flow })}
              creating={create.isPending}
            />
          </>
        )}
      </div>
    </main>
  );
}

/** How many tasks Home offers before anything is searched for. */
const shownTasks = 6;

const idleMs = 600;

/** The editor is what comes next, so its code is fetched while Home is looked at. */
function useEditorAhead(): void {
  useEffect(() => {
    const timer = setTimeout(() => void import('../app/editor-page.tsx'), idleMs);
    return () => clearTimeout(timer);
  }, []);
}
