import type { CredentialResource } from '@patchbay/services/resources';
import { useMutation } from '@tanstack/react-query';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { deleteCredential, editCredential, rotateCredential } from '../api/credentials.ts';
import { sentenceOf } from '../api/sentence.ts';
import { Button } from '../ui/button.tsx';
import { Dialog } from '../ui/dialog.tsx';
import { Field, TextInput } from '../ui/field.tsx';
import { toast } from '../ui/toast.tsx';
import { refusalOf } from './refusal.ts';
import { RefusalNote } from './refusal-note.tsx';
import { SecretInput } from './secret-input.tsx';
import { useRefresh } from './use-refresh.ts';
import { UseList } from './used-by.tsx';

export interface CredentialDialogProps {
  credential: CredentialResource;
  onClose: () => void;
}

/** A new secret in place of the old one. */
export function RotateDialog({ credential, onClose }: CredentialDialogProps) {
  const { t } = useTranslation(['connections', 'app']);
  const refresh = useRefresh();
  const [key, setKey] = useState('');
  const { title, id } = credential;
  const isSecret = credential.kind === 'secret';
  const rotate = useMutation({
    mutationFn: (untested: boolean) => rotateCredential(id, key, untested),
    onSuccess: async () => {
      await refresh();
      onClose();
    },
  });
  return (
    <Dialog
      open
      onClose={onClose}
      title={t(isSecret ? 'rotate.valueTitle' : 'rotate.title', { title })}
      description={t(isSecret ? 'rotate.valueText' : 'rotate.text')}
      footer={
        <>
          <Button onClick={onClose}>{t('app:cancel')}</Button>
          <Button look="primary" disabled={key.trim() === ''} busy={rotate.isPending} onClick={() => rotate.mutate(false)}>
            {t('rotate.save')}
          </Button>
        </>
      }
    >
      <form
        className="flex flex-col gap-4"
        onSubmit={(event) => {
          event.preventDefault();
          if (key.trim() !== '') rotate.mutate(false);
        }}
      >
        <SecretInput label={t(isSecret ? 'secrets.value' : 'add.key')} value={key} onChange={setKey} autoFocus />
        {rotate.error !== null && (
          <RefusalNote refusal={refusalOf(rotate.error)} busy={rotate.isPending} onSaveAnyway={() => rotate.mutate(true)} />
        )}
      </form>
    </Dialog>
  );
}

/** Its title, and the model that a bare name means. */
export function EditDialog({ credential, onClose }: CredentialDialogProps) {
  const { t } = useTranslation(['connections', 'app']);
  const refresh = useRefresh();
  const [title, setTitle] = useState(credential.title);
  const [model, setModel] = useState(credential.model ?? '');
  const isProvider = credential.kind === 'provider';
  const edit = useMutation({
    mutationFn: () => editCredential(credential.id, { title, ...(isProvider ? { model: model.trim() === '' ? null : model } : {}) }),
    onSuccess: async () => {
      await refresh();
      onClose();
    },
  });
  const save = () => title.trim() !== '' && edit.mutate();
  return (
    <Dialog
      open
      onClose={onClose}
      title={t('edit.title', { title: credential.title })}
      footer={
        <>
          <Button onClick={onClose}>{t('app:cancel')}</Button>
          <Button look="primary" disabled={title.trim() === ''} busy={edit.isPending} onClick={save}>
            {t('edit.save')}
          </Button>
        </>
      }
    >
      <form
        className="flex flex-col gap-4"
        onSubmit={(event) => {
          event.preventDefault();
          save();
        }}
      >
        <Field label={t('add.name')} help={t('add.nameHelp')}>
          <TextInput value={title} autoFocus onChange={(event) => setTitle(event.currentTarget.value)} />
        </Field>
        {isProvider && (
          <Field label={t('add.model')} help={t('add.modelHelp')}>
            <TextInput value={model} spellCheck={false} onChange={(event) => setModel(event.currentTarget.value)} />
          </Field>
        )}
        {edit.error !== null && <RefusalNote refusal={refusalOf(edit.error)} />}
      </form>
    </Dialog>
  );
}

/** Who would miss it is said before it is gone. */
export function DeleteDialog({ credential, onClose }: CredentialDialogProps) {
  const { t } = useTranslation(['connections', 'app']);
  const refresh = useRefresh();
  const { title, usedBy } = credential;
  const remove = useMutation({
    mutationFn: () => deleteCredential(credential.id),
    onSuccess: async () => {
      onClose();
      toast(t('card.removed', { title }));
      await refresh();
    },
    onError: (error) => toast(sentenceOf(error), { look: 'bad' }),
  });
  return (
    <Dialog
      open
      onClose={onClose}
      title={t('remove.title', { title })}
      description={usedBy.length === 0 ? t('remove.unused') : t('remove.used', { count: usedBy.length })}
      footer={
        <>
          <Button onClick={onClose}>{t('app:cancel')}</Button>
          <Button look="danger" busy={remove.isPending} onClick={() => remove.mutate()}>
            {t('app:delete')}
          </Button>
        </>
      }
    >
      {usedBy.length > 0 && <UseList uses={usedBy} />}
    </Dialog>
  );
}
