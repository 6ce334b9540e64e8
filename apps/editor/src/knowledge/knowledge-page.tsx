import './words.ts';
import type { KnowledgeBase } from '@patchbay/services/resources';
import { useQuery } from '@tanstack/react-query';
import { Link, useNavigate } from '@tanstack/react-router';
import { BookOpen, Plus } from 'lucide-react';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { knowledgeListQuery } from '../api/knowledge.ts';
import { Page } from '../app/page.tsx';
import { Button } from '../ui/button.tsx';
import { EmptyState } from '../ui/empty-state.tsx';
import { Skeleton } from '../ui/skeleton.tsx';
import { BaseDialog } from './base-dialog.tsx';
import { LoadFault } from './load-fault.tsx';

/** The knowledge bases of the workspace. */
export function KnowledgePage() {
  const { t } = useTranslation(['knowledge', 'app']);
  const list = useQuery(knowledgeListQuery);
  const [creating, setCreating] = useState(false);
  const navigate = useNavigate();
  const create = (
    <Button look="primary" icon={<Plus />} onClick={() => setCreating(true)}>
      {t('create.open')}
    </Button>
  );
  return (
    <Page title={t('title')} text={t('text')}>
      {list.error !== null && <LoadFault error={list.error} onRetry={() => void list.refetch()} />}
      {list.error === null && list.data === undefined && <Loading label={t('app:loading')} />}
      {list.data?.bases.length === 0 && (
        <div className="rounded-card border border-dashed">
          <EmptyState icon={<BookOpen />} title={t('none.title')} text={t('none.text')} action={create} />
        </div>
      )}
      {list.data !== undefined && list.data.bases.length > 0 && (
        <>
          <div>{create}</div>
          <ul className="grid gap-4 sm:grid-cols-2 lg:grid-cols-3">
            {list.data.bases.map((base) => (
              <BaseCard key={base.id} base={base} />
            ))}
          </ul>
        </>
      )}
      {creating && (
        <BaseDialog onClose={() => setCreating(false)} onSaved={({ id }) => void navigate({ to: '/knowledge/$id', params: { id } })} />
      )}
    </Page>
  );
}

function BaseCard({ base: { id, name, embedding, documents, passages } }: { base: KnowledgeBase }) {
  const { t } = useTranslation('knowledge');
  return (
    <li>
      <Link
        to="/knowledge/$id"
        params={{ id }}
        className="flex h-full flex-col gap-1 rounded-card border bg-surface p-4 shadow-e1 transition-colors hover:border-line-strong"
      >
        <span className="text-field font-semibold break-words">{name}</span>
        <span className="text-body text-ink2">{t('documents', { count: documents })}</span>
        <span className="text-port text-ink3">
          {t('passages', { count: passages })} ·{' '}
          {embedding === null ? t('embedding.byWords') : t('embedding.byModel', { model: embedding })}
        </span>
      </Link>
    </li>
  );
}

function Loading({ label }: { label: string }) {
  return (
    <div role="status" aria-label={label} className="grid gap-4 sm:grid-cols-2 lg:grid-cols-3">
      {['a', 'b', 'c'].map((key) => (
        <Skeleton key={key} className="h-24 rounded-card" />
      ))}
    </div>
  );
}
