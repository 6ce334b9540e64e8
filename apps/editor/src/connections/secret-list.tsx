import type { CredentialResource, UsableBy } from '@patchbay/services/resources';
import { useMutation } from '@tanstack/react-query';
import { LockKeyhole, Plus } from 'lucide-react';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { createCredential } from '../api/credentials.ts';
import { useLocale } from '../i18n/index.ts';
import { Button } from '../ui/button.tsx';
import { EmptyState } from '../ui/empty-state.tsx';
import { Field, TextInput } from '../ui/field.tsx';
import { formatAgo } from '../ui/format.ts';
import { CredentialMenu } from './credential-menu.tsx';
import { FormDialog } from './form-dialog.tsx';
import { ManagersBadge } from './managers-badge.tsx';
import { SecretInput } from './secret-input.tsx';
import { UsableByField } from './usable-by-field.tsx';
import { useRefresh } from './use-refresh.ts';
import { UsedBy } from './used-by.tsx';

export function SecretList({ secrets }: { secrets: readonly CredentialResource[] }) {
  const { t } = useTranslation('connections');
  const [adding, setAdding] = useState(false);
  return (
    <section aria-labelledby="secrets-title" className="flex flex-col gap-4">
      <div className="flex flex-wrap items-end gap-2">
        <div className="min-w-0 flex-1">
          <h2 id="secrets-title" className="text-title font-semibold">
            {t('secrets.title')}
          </h2>
          <p className="mt-1 text-body text-ink2 text-pretty">{t('secrets.text')}</p>
        </div>
        <Button icon={<Plus />} onClick={() => setAdding(true)}>
          {t('secrets.add')}
        </Button>
      </div>
      {secrets.length === 0 ? (
        <div className="rounded-card border border-dashed">
          <EmptyState icon={<LockKeyhole />} title={t('secrets.none')} text={t('secrets.noneText')} />
        </div>
      ) : (
        <ul className="rounded-card border bg-surface shadow-e1">
          {secrets.map((secret) => (
            <SecretRow key={secret.id} secret={secret} />
          ))}
        </ul>
      )}
      {adding && <AddSecretDialog onClose={() => setAdding(false)} />}
    </section>
  );
}

function SecretRow({ secret }: { secret: CredentialResource }) {
  const { t } = useTranslation('connections');
  const locale = useLocale();
  return (
    <li className="flex items-start gap-4 border-b px-4 py-3 text-body last:border-0">
      <div className="min-w-0 flex-1">
        <p className="truncate font-medium">{secret.title}</p>
        <p className="flex flex-wrap gap-x-3 text-port text-ink3">
          <code>{secret.name}</code>
          <code className="break-all">{secret.origin}</code>
          <code>{secret.hint}</code>
          <span>{t('card.keySet', { ago: formatAgo(secret.changedAt, locale) })}</span>
        </p>
      </div>
      {secret.usableBy === 'managers' && <ManagersBadge />}
      <UsedBy uses={secret.usedBy} />
      <CredentialMenu credential={secret} className="-my-1" />
    </li>
  );
}

const nothing = { title: '', baseUrl: '', key: '', usableBy: 'everyone' as UsableBy };

function AddSecretDialog({ onClose }: { onClose: () => void }) {
  const { t } = useTranslation('connections');
  const refresh = useRefresh();
  const [typed, setTyped] = useState(nothing);
  const set = (change: Partial<typeof nothing>) => setTyped((before) => ({ ...before, ...change }));
  const ready = Object.values(typed).every((text) => text.trim() !== '');
  const create = useMutation({
    mutationFn: (_untested: boolean) => createCredential({ kind: 'secret', ...typed }),
    onSuccess: async () => {
      await refresh();
      onClose();
    },
  });
  return (
    <FormDialog
      title={t('secrets.add')}
      description={t('secrets.addText')}
      submit={t('add.submit')}
      ready={ready}
      save={create}
      onClose={onClose}
    >
      <Field label={t('add.name')}>
        <TextInput value={typed.title} autoFocus onChange={(event) => set({ title: event.currentTarget.value })} />
      </Field>
      <Field label={t('secrets.host')} help={t('secrets.hostHelp')}>
        <TextInput
          value={typed.baseUrl}
          placeholder="https://api.example.com"
          spellCheck={false}
          onChange={(event) => set({ baseUrl: event.currentTarget.value })}
        />
      </Field>
      <SecretInput label={t('secrets.value')} help={t('secrets.valueHelp')} value={typed.key} onChange={(key) => set({ key })} />
      <UsableByField value={typed.usableBy} onChange={(usableBy) => set({ usableBy })} />
    </FormDialog>
  );
}
