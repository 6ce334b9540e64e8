import '../i18n/words/run.ts';
import './words.ts';
import type { KnowledgeDetail } from '@patchbay/services/resources';
import { useQuery } from '@tanstack/react-query';
import { Link, useNavigate, useParams } from '@tanstack/react-router';
import { ArrowLeft, Settings2, Trash2 } from 'lucide-react';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { knowledgeQuery } from '../api/knowledge.ts';
import { Page } from '../app/page.tsx';
import { Button } from '../ui/button.tsx';
import { Skeleton } from '../ui/skeleton.tsx';
import { AddDocuments } from './add-documents.tsx';
import { BaseDialog } from './base-dialog.tsx';
import { DeleteBase } from './delete-dialogs.tsx';
import { DocumentList } from './document-list.tsx';
import { LoadFault } from './load-fault.tsx';
import { TryBase } from './try-base.tsx';

/** One knowledge base: fill it, look at what is in it, try it. */
export function BasePage() {
  const { t } = useTranslation(['knowledge', 'app']);
  const { id } = useParams({ from: '/knowledge/$id' });
  const query = useQuery(knowledgeQuery(id));
  const base = query.data;
  const back = (
    <Link to="/knowledge" className="mb-2 inline-flex items-center gap-1 rounded-chip text-body text-ink2 hover:text-ink">
      <ArrowLeft className="size-4" aria-hidden />
      {t('back')}
    </Link>
  );
  return (
    <Page title={base?.name ?? t('title')} back={back} {...(base === undefined ? {} : { text: factsOf(base, t) })}>
      {query.error !== null && <LoadFault error={query.error} onRetry={() => void query.refetch()} />}
      {query.error === null && base === undefined && (
        <div role="status" aria-label={t('app:loading')} className="flex flex-col gap-4">
          <Skeleton className="h-32 rounded-card" />
          <Skeleton className="h-48 rounded-card" />
        </div>
      )}
      {base !== undefined && (
        <>
          <Actions base={base} />
          <div className="grid items-start gap-6 lg:grid-cols-[minmax(0,1fr)_minmax(0,420px)]">
            <div className="flex min-w-0 flex-col gap-6">
              <AddDocuments base={base.id} />
              <DocumentList base={base} />
            </div>
            <TryBase base={base.id} />
          </div>
        </>
      )}
    </Page>
  );
}

type Words = ReturnType<typeof useTranslation<['knowledge', 'app']>>['t'];

function factsOf({ documents, passages, embedding }: KnowledgeDetail, t: Words): string {
  const foundBy = embedding === null ? t('embedding.byWords') : t('embedding.byModel', { model: embedding });
  return [t('documents', { count: documents }), t('passages', { count: passages }), foundBy].join(' · ');
}

function Actions({ base }: { base: KnowledgeDetail }) {
  const { t } = useTranslation(['knowledge', 'app']);
  const [open, setOpen] = useState<'settings' | 'delete'>();
  const navigate = useNavigate();
  const close = () => setOpen(undefined);
  return (
    <div className="flex gap-2">
      <Button icon={<Settings2 />} onClick={() => setOpen('settings')}>
        {t('edit.open')}
      </Button>
      <Button look="danger" icon={<Trash2 />} onClick={() => setOpen('delete')}>
        {t('app:delete')}
      </Button>
      {open === 'settings' && <BaseDialog base={base} onClose={close} onSaved={() => undefined} />}
      {open === 'delete' && <DeleteBase base={base} onClose={close} onDeleted={() => void navigate({ to: '/knowledge' })} />}
    </div>
  );
}
