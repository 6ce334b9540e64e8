import type { KnowledgeDetail, KnowledgeDocument } from '@patchbay/services/resources';
import { useMutation, useQueryClient } from '@tanstack/react-query';
import { useTranslation } from 'react-i18next';
import { deleteDocument, deleteKnowledge } from '../api/knowledge.ts';
import { sentenceOf } from '../api/sentence.ts';
import { Button } from '../ui/button.tsx';
import { Dialog } from '../ui/dialog.tsx';
import { toast } from '../ui/toast.tsx';

interface ConfirmProps {
  name: string;
  title: string;
  text: string;
  remove: () => Promise<void>;
  onClose: () => void;
  onDeleted?: () => void;
}

/** What goes is said before it is gone. */
function ConfirmDelete({ name, title, text, remove, onClose, onDeleted }: ConfirmProps) {
  const { t } = useTranslation(['knowledge', 'app']);
  const queries = useQueryClient();
  const removing = useMutation({
    mutationFn: remove,
    onSuccess: async () => {
      onClose();
      toast(t('remove.done', { name }));
      onDeleted?.();
      await queries.invalidateQueries({ queryKey: ['knowledge'] });
    },
    onError: (error) => toast(sentenceOf(error), { look: 'bad' }),
  });
  return (
    <Dialog
      open
      onClose={onClose}
      title={title}
      description={text}
      footer={
        <>
          <Button onClick={onClose}>{t('app:cancel')}</Button>
          <Button look="danger" busy={removing.isPending} onClick={() => removing.mutate()}>
            {t('app:delete')}
          </Button>
        </>
      }
    />
  );
}

export function DeleteBase({ base, onClose, onDeleted }: { base: KnowledgeDetail; onClose: () => void; onDeleted: () => void }) {
  const { t } = useTranslation('knowledge');
  const queries = useQueryClient();
  const { id, name, documents } = base;
  const gone = () => {
    // Nobody looks at it any more: it is not asked for again.
    queries.removeQueries({ queryKey: ['knowledge', id] });
    onDeleted();
  };
  return (
    <ConfirmDelete
      name={name}
      title={t('remove.base', { name })}
      text={t('remove.baseText', { count: documents })}
      remove={() => deleteKnowledge(id)}
      onClose={onClose}
      onDeleted={gone}
    />
  );
}

export function DeleteDocument({ base, document, onClose }: { base: string; document: KnowledgeDocument; onClose: () => void }) {
  const { t } = useTranslation('knowledge');
  const { id, name } = document;
  return (
    <ConfirmDelete
      name={name}
      title={t('remove.document', { name })}
      text={t('remove.documentText')}
      remove={() => deleteDocument(base, id)}
      onClose={onClose}
    />
  );
}
