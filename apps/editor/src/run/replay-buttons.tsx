import { useMutation, useQueryClient } from '@tanstack/react-query';
import { useNavigate } from '@tanstack/react-router';
import { RotateCcw } from 'lucide-react';
import { useTranslation } from 'react-i18next';
import { replayRun } from '../api/flows.ts';
import { sentenceOf } from '../api/sentence.ts';
import { Button } from '../ui/button.tsx';
import { IconButton } from '../ui/icon-button.tsx';
import { toast } from '../ui/toast.tsx';

type Version = 'recorded' | 'draft';

/** Replays a run and goes to the new one; what stands in the way is told. */
function useReplay(run: string) {
  const { t } = useTranslation('reuse');
  const queries = useQueryClient();
  const navigate = useNavigate();
  return useMutation({
    mutationFn: (version: Version) => replayRun(run, version),
    onSuccess: (id) => {
      void queries.invalidateQueries({ queryKey: ['runs'] });
      void navigate({ to: '/runs/$id', params: { id } });
    },
    onError: (error) => toast(t('replayFailed', { message: sentenceOf(error) })),
  });
}

/** A record whose personal data is hidden can be replayed as it is, labels included, and no other flow can be run on it. */
export function ReplayButtons({ run, masked }: { run: string; masked: boolean }) {
  const { t } = useTranslation('reuse');
  const replay = useReplay(run);
  const busy = (version: Version): boolean => replay.isPending && replay.variables === version;
  return (
    <>
      <Button icon={<RotateCcw />} title={t('replayHelp')} busy={busy('recorded')} onClick={() => replay.mutate('recorded')}>
        {t('replay')}
      </Button>
      {!masked && (
        <Button title={t('replayDraftHelp')} busy={busy('draft')} onClick={() => replay.mutate('draft')}>
          {t('replayDraft')}
        </Button>
      )}
    </>
  );
}

/** The same in a row of the list. */
export function ReplayInRow({ run, flow }: { run: string; flow: string }) {
  const { t } = useTranslation('reuse');
  const replay = useReplay(run);
  return (
    <IconButton
      label={t('replayRun', { flow })}
      icon={<RotateCcw />}
      disabled={replay.isPending}
      onClick={() => replay.mutate('recorded')}
    />
  );
}
