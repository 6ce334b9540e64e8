import type { KnowledgeDetail, KnowledgeDocument } from '@patchbay/services/resources';
import { useMutation, useQueryClient } from '@tanstack/react-query';
import { FileText, Trash2 } from 'lucide-react';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { retryDocument } from '../api/knowledge.ts';
import { sentenceOf } from '../api/sentence.ts';
import { Cost, Tokens } from '../run/usage-figures.tsx';
import { Badge } from '../ui/badge.tsx';
import { Button } from '../ui/button.tsx';
import { EmptyState } from '../ui/empty-state.tsx';
import { IconButton } from '../ui/icon-button.tsx';
import { toast } from '../ui/toast.tsx';
import { DeleteDocument } from './delete-dialogs.tsx';

/** What is in a base, and how far each document is. */
export function DocumentList({ base }: { base: KnowledgeDetail }) {
  const { t } = useTranslation('knowledge');
  return (
    <section aria-label={t('contents')} className="flex flex-col gap-3">
      <h2 className="text-title font-semibold">{t('contents')}</h2>
      {base.contents.length === 0 ? (
        <div className="rounded-card border bg-surface">
          <EmptyState icon={<FileText />} title={t('nothing.title')} text={t('nothing.text')} />
        </div>
      ) : (
        <ul className="divide-y rounded-card border bg-surface">
          {base.contents.map((document) => (
            <DocumentRow key={document.id} base={base.id} document={document} />
          ))}
        </ul>
      )}
    </section>
  );
}

function DocumentRow({ base, document }: { base: string; document: KnowledgeDocument }) {
  const { t } = useTranslation(['knowledge', 'app']);
  const [deleting, setDeleting] = useState(false);
  const { name, passages, usage, error } = document;
  return (
    <li className="flex flex-col gap-2 p-3">
      <div className="flex items-center gap-3">
        <FileText className="size-4 shrink-0 text-ink3" aria-hidden />
        <span className="min-w-0 flex-1">
          <span className="block truncate text-body font-medium" title={name}>
            {name}
          </span>
          <span className="flex flex-wrap gap-x-2 text-port text-ink3">
            <span>{t('passages', { count: passages })}</span>
            {usage.calls > 0 && (
              <>
                <Tokens usage={usage} worded />
                <Cost usage={usage} simulated={false} />
              </>
            )}
          </span>
        </span>
        <Status document={document} />
        <IconButton label={`${t('app:delete')}: ${name}`} icon={<Trash2 />} onClick={() => setDeleting(true)} />
      </div>
      {error !== null && <Fault base={base} document={document} />}
      {deleting && <DeleteDocument base={base} document={document} onClose={() => setDeleting(false)} />}
    </li>
  );
}

const looks = { waiting: 'plain', reading: 'accent', embedding: 'accent', ready: 'ok', failed: 'bad' } as const;

function Status({ document: { status, embedded, passages } }: { document: KnowledgeDocument }) {
  const { t } = useTranslation('knowledge');
  return (
    <span className="flex items-center gap-2" role="status">
      {status === 'embedding' && (
        <span className="text-meta text-ink3 tabular-nums">{t('progress', { done: embedded, all: passages })}</span>
      )}
      <Badge look={looks[status]}>{t(`status.${status}`)}</Badge>
    </span>
  );
}

function Fault({ base, document: { id, error, retryable } }: { base: string; document: KnowledgeDocument }) {
  const { t } = useTranslation('knowledge');
  const queries = useQueryClient();
  const retry = useMutation({
    mutationFn: () => retryDocument(base, id),
    onSuccess: () => queries.invalidateQueries({ queryKey: ['knowledge'] }),
    onError: (fault) => toast(sentenceOf(fault), { look: 'bad' }),
  });
  return (
    <div className="flex flex-wrap items-center gap-3 rounded-field bg-sunken p-2 text-port">
      <p className="min-w-0 flex-1 break-words">
        <span className="text-bad">{error?.message}</span> {error?.fix}
      </p>
      {retryable && (
        <>
          <span className="text-ink2">{t('byWords')}</span>
          <Button size="small" busy={retry.isPending} onClick={() => retry.mutate()}>
            {t('retry')}
          </Button>
        </>
      )}
    </div>
  );
}
