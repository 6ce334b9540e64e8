import type { UseMutationResult } from '@tanstack/react-query';
import type { ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import { Button } from '../ui/button.tsx';
import { Dialog } from '../ui/dialog.tsx';
import { refusalOf } from './refusal.ts';
import { RefusalNote } from './refusal-note.tsx';

export interface FormDialogProps {
  title: string;
  description?: string;
  /** What the button that saves says. */
  submit: string;
  /** Enough is filled in. */
  ready: boolean;
  save: Pick<UseMutationResult<unknown, Error, boolean>, 'isPending' | 'error' | 'mutate'>;
  /** What is saved is tested first, and may be saved without. */
  tested?: boolean;
  onClose: () => void;
  children: ReactNode;
}

/** A form in a window: Enter sends it, why it was refused stands below it, and nothing is sent twice. `save` takes whether to go untested. */
export function FormDialog({ title, description, submit, ready, save, tested = false, onClose, children }: FormDialogProps) {
  const { t } = useTranslation('app');
  const send = () => ready && !save.isPending && save.mutate(false);
  return (
    <Dialog
      open
      onClose={onClose}
      title={title}
      {...(description === undefined ? {} : { description })}
      footer={
        <>
          <Button onClick={onClose}>{t('cancel')}</Button>
          <Button look="primary" disabled={!ready} busy={save.isPending} onClick={send}>
            {submit}
          </Button>
        </>
      }
    >
      <form
        className="flex flex-col gap-4"
        noValidate
        onSubmit={(event) => {
          event.preventDefault();
          send();
        }}
      >
        {children}
        {/* The form is sent by Enter too. */}
        <button type="submit" hidden />
        {save.error !== null && (
          <RefusalNote
            refusal={refusalOf(save.error)}
            busy={save.isPending}
            {...(tested ? { onSaveAnyway: () => save.mutate(true) } : {})}
          />
        )}
      </form>
    </Dialog>
  );
}
