import { CircleAlert } from 'lucide-react';
import { useTranslation } from 'react-i18next';
import { Button } from '../ui/button.tsx';
import type { Refusal } from './refusal.ts';

export interface RefusalNoteProps {
  refusal: Refusal;
  /** Saves without a test; absent where nothing was tested. */
  onSaveAnyway?: (() => void) | undefined;
  busy?: boolean;
}

/** Why it was not saved, in plain words. */
export function RefusalNote({ refusal, onSaveAnyway, busy = false }: RefusalNoteProps) {
  const { t } = useTranslation('connections');
  return (
    <div role="alert" className="flex flex-wrap items-center gap-3 rounded-field border border-bad/40 bg-surface p-3 text-body">
      <CircleAlert className="size-4 shrink-0 text-bad" aria-hidden />
      <p className="min-w-0 flex-1 text-pretty break-words">
        <span className="font-medium">{t('add.notSaved')}: </span>
        {refusal.message}
      </p>
      {refusal.untestedMaySave && onSaveAnyway !== undefined && (
        <Button size="small" busy={busy} onClick={onSaveAnyway}>
          {t('add.saveAnyway')}
        </Button>
      )}
    </div>
  );
}
