import '../i18n/words/home.ts';
import { useQuery } from '@tanstack/react-query';
import { useTranslation } from 'react-i18next';
import { templatesQuery } from '../api/queries.ts';
import { Page } from '../app/page.tsx';
import { useLocale } from '../i18n/index.ts';
import { TaskCards } from './task-cards.tsx';
import { useCreateFlow } from './use-create-flow.ts';

export function TemplatesPage() {
  const { t } = useTranslation('home');
  const locale = useLocale();
  const templates = useQuery(templatesQuery(locale));
  const create = useCreateFlow();
  return (
    <Page title={t('templates.title')} text={t('templates.text')}>
      <TaskCards
        titled={false}
        templates={templates.data?.templates}
        error={templates.error}
        onRetry={() => void templates.refetch()}
        creating={create.isPending ? create.variables.flow : undefined}
        onPick={(template) => create.mutate({ flow: template.flow, slug: template.id })}
      />
    </Page>
  );
}
