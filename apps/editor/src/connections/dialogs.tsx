import type { CredentialResource } from '@patchbay/services/resources';
import { useMutation, useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { providersQuery } from '../api/credential-queries.ts';
import { deleteCredential, editCredential, rotateCredential } from '../api/credentials.ts';
import { sentenceOf } from '../api/sentence.ts';
import { useLocale } from '../i18n/index.ts';
import { Button } from '../ui/button.tsx';
import { Dialog } from '../ui/dialog.tsx';
import { Field, TextInput } from '../ui/field.tsx';
import { toast } from '../ui/toast.tsx';
import { FormDialog } from './form-dialog.tsx';
import { KeyField } from './key-field.tsx';
import { PairFields } from './pair-fields.tsx';
import { SecretInput } from './secret-input.tsx';
import { asksSecret, keyText, noKey, type TypedKey } from './typed-key.ts';
import { UsableByField } from './usable-by-field.tsx';
import { useRefresh } from './use-refresh.ts';
import { UseList } from './used-by.tsx';

export interface CredentialDialogProps {
  credential: CredentialResource;
  onClose: () => void;
}

/** A new secret in place of the old one. */
export function RotateDialog({ credential, onClose }: CredentialDialogProps) {
  const { t } = useTranslation('connections');
  const refresh = useRefresh();
  const { data } = useQuery(providersQuery(useLocale()));
  const [typed, setTyped] = useState(noKey);
  const { title, id, kind } = credential;
  const isSecret = kind === 'secret';
  const provider = data?.providers.find((one) => one.id === credential.provider);
  const key = keyText(provider?.keyForm ?? 'line', typed);
  const set = (change: Partial<TypedKey>) => setTyped((before) => ({ ...before, ...change }));
  const rotate = useMutation({
    mutationFn: (untested: boolean) => rotateCredential(id, key, untested),
    onSuccess: async () => {
      await refresh();
      onClose();
    },
  });
  return (
    <FormDialog
      title={t(isSecret ? 'rotate.valueTitle' : 'rotate.title', { title })}
      description={t(isSecret ? 'rotate.valueText' : 'rotate.text')}
      submit={t('rotate.save')}
      ready={key !== ''}
      save={rotate}
      tested
      onClose={onClose}
    >
      {isSecret ? (
        <SecretInput label={t('secrets.value')} value={typed.key} onChange={(value) => set({ key: value })} autoFocus />
      ) : (
        <KeyField provider={provider} value={typed.key} onChange={(value) => set({ key: value })} autoFocus />
      )}
      {provider !== undefined && asksSecret(provider.keyForm, typed) && <PairFields typed={typed} set={set} />}
    </FormDialog>
  );
}

/** Its title, the model that a bare name means, and who may use it. */
export function EditDialog({ credential, onClose }: CredentialDialogProps) {
  const { t } = useTranslation('connections');
  const refresh = useRefresh();
  const { data } = useQuery(providersQuery(useLocale()));
  const [title, setTitle] = useState(credential.title);
  const [model, setModel] = useState(credential.model ?? '');
  const [usableBy, setUsableBy] = useState(credential.usableBy);
  const isProvider = credential.kind === 'provider';
  const asked = data?.providers.find(({ id }) => id === credential.provider)?.fields.find(({ part }) => part === 'model');
  const edit = useMutation({
    mutationFn: (_untested: boolean) =>
      editCredential(credential.id, { title, usableBy, ...(isProvider ? { model: model.trim() === '' ? null : model } : {}) }),
    onSuccess: async () => {
      await refresh();
      onClose();
    },
  });
  return (
    <FormDialog
      title={t('edit.title', { title: credential.title })}
      submit={t('edit.save')}
      ready={title.trim() !== ''}
      save={edit}
      onClose={onClose}
    >
      <Field label={t('add.name')} help={t('add.nameHelp')}>
        <TextInput value={title} autoFocus onChange={(event) => setTitle(event.currentTarget.value)} />
      </Field>
      {isProvider && (
        <Field label={asked?.title ?? t('add.model')} help={asked?.help ?? t('add.modelHelp')}>
          <TextInput value={model} spellCheck={false} onChange={(event) => setModel(event.currentTarget.value)} />
        </Field>
      )}
      <UsableByField value={usableBy} onChange={setUsableBy} />
    </FormDialog>
  );
}

/** Who would miss it is said before it is gone. */
export function DeleteDialog({ credential, onClose }: CredentialDialogProps) {
  const { t } = useTranslation(['connections', 'app']);
  const refresh = useRefresh();
  const { title, usedBy } = credential;
  const [named, auto] = [usedBy.filter((use) => use.named), usedBy.filter((use) => !use.named)];
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
      description={named.length > 0 ? t('remove.used', { count: named.length }) : t('remove.unused')}
      footer={
        <>
          <Button onClick={onClose}>{t('app:cancel')}</Button>
          <Button look="danger" busy={remove.isPending} onClick={() => remove.mutate()}>
            {t('app:delete')}
          </Button>
        </>
      }
    >
      {named.length > 0 && <UseList uses={named} />}
      {auto.length > 0 && (
        <>
          <p className="mt-4 text-body text-ink2 first:mt-0">{t('remove.auto', { count: auto.length })}</p>
          <UseList uses={auto} />
        </>
      )}
    </Dialog>
  );
}
