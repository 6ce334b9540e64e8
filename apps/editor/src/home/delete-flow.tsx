import type { FlowSummary } from '@patchbay/services/resources';
import { useMutation, useQueryClient } from '@tanstack/react-query';
import { useTranslation } from 'react-i18next';
import { deleteFlow } from '../api/flows.ts';
import { flowsQuery } from '../api/queries.ts';
import { sentenceOf } from '../api/sentence.ts';
import { Button } from '../ui/button.tsx';
import { Dialog } from '../ui/dialog.tsx';
import { toast } from '../ui/toast.tsx';

/** Asks once more, since a deleted flow does not come back. */
export function DeleteFlow({ flow, onClose }: { flow: FlowSummary; onClose: () => void }) {
  const { t } = useTranslation(['home', 'app']);
  const queries = useQueryClient();
  const remove = useMutation({
    mutationFn: () => deleteFlow(flow.id),
    onSuccess: async () => {
      onClose();
      await queries.invalidateQueries({ queryKey: flowsQuery.queryKey });
      toast(t('deleted', { name: flow.name }));
    },
    onError: (error) => toast(sentenceOf(error), { look: 'bad' }),
  });
  return (
    <Dialog
      open
      onClose={onClose}
      title={t('deleteTitle', { name: flow.name })}
      description={t('deleteText')}
      footer={
        <>
          <Button onClick={onClose}>{t('app:cancel')}</Button>
          <Button look="danger" busy={remove.isPending} onClick={() => remove.mutate()}>
            {t('app:delete')}
          </Button>
        </>
      }
    />
  );
}
