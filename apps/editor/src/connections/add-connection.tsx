import type { CredentialResource, ProviderResource } from '@patchbay/services/resources';
import { useMutation } from '@tanstack/react-query';
import { ExternalLink } from 'lucide-react';
import { type FormEvent, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { createCredential } from '../api/credentials.ts';
import { Button } from '../ui/button.tsx';
import { Field, TextInput } from '../ui/field.tsx';
import { Select } from '../ui/select.tsx';
import { toast } from '../ui/toast.tsx';
import { guessProvider } from './guess-provider.ts';
import { KeyField } from './key-field.tsx';
import { PairFields } from './pair-fields.tsx';
import { ProviderFields } from './provider-fields.tsx';
import { type Refusal, refusalOf } from './refusal.ts';
import { RefusalNote } from './refusal-note.tsx';
import { asksSecret, azureAddress } from './typed-key.ts';
import { UsableByField } from './usable-by-field.tsx';
import { useRefresh } from './use-refresh.ts';
import { isReady, nothing, shownParts, type Typed, wishOf } from './wish.ts';

export interface AddConnectionProps {
  providers: readonly ProviderResource[];
  onAdded: (added: CredentialResource) => void;
}

/** One field: a key. Whose it is, is seen by its look or asked, and what else that provider needs; it is tested and only then stored. */
export function AddConnection({ providers, onAdded }: AddConnectionProps) {
  const { t } = useTranslation('connections');
  const refresh = useRefresh();
  const [typed, setTyped] = useState<Typed>(nothing);
  const set = (change: Partial<Typed>) => {
    setTyped((before) => ({ ...before, ...change }));
    create.reset();
  };
  const guess = guessProvider(typed.key, providers);
  const chosen = typed.provider !== '' ? typed.provider : guess.kind === 'one' ? guess.provider : '';
  const provider = providers.find(({ id }) => id === chosen);
  const create = useMutation({
    mutationFn: (untested: boolean) => createCredential(wishOf(typed, provider, untested)),
    onSuccess: async (added) => {
      setTyped(nothing);
      toast(t('add.done', { title: added.title }), { look: 'ok' });
      await refresh();
      onAdded(added);
    },
  });
  const refusal = create.error === null ? undefined : refusalOf(create.error);
  const ready = isReady(typed, provider);
  const submit = (event: FormEvent) => {
    event.preventDefault();
    if (ready) create.mutate(false);
  };
  const writeKey = (key: string) => {
    const place = azureAddress(key);
    if (place === undefined) set({ key });
    else set({ key: '', provider: 'azure', baseUrl: place.baseUrl, model: place.model === '' ? typed.model : place.model });
  };

  return (
    <section aria-label={t('add.title')} className="rounded-card border bg-surface p-6 shadow-e1">
      <h2 className="text-title font-semibold">{t('add.title')}</h2>
      <form onSubmit={submit} noValidate className="mt-4 flex flex-col gap-4">
        <div className="flex flex-wrap items-start gap-4">
          <KeyField
            provider={provider}
            value={typed.key}
            onChange={writeKey}
            error={faultAt(refusal, 'key')}
            className="min-w-[240px] flex-1"
          />
          <Field label={t('add.provider')} help={hintOf(guess.kind, typed.provider, provider, t)} className="w-64">
            <Select
              value={chosen}
              onChange={(id) => set({ provider: id })}
              options={[
                ...(chosen === '' ? [{ value: '', label: t('add.choose') }] : []),
                ...orderOf(providers, guess).map(({ id, title }) => ({ value: id, label: title })),
              ]}
            />
          </Field>
          <Button type="submit" look="primary" className="mt-6 h-9" disabled={!ready} busy={create.isPending}>
            {create.isPending ? t('add.testing') : t('add.submit')}
          </Button>
        </div>
        {provider !== undefined && provider.keyUrl !== null && typed.key === '' && (
          <a
            href={provider.keyUrl}
            target="_blank"
            rel="noreferrer"
            className="inline-flex w-fit items-center gap-1 rounded-chip text-accent underline underline-offset-2 hover:no-underline"
          >
            {t('add.getKey', { provider: provider.title })}
            <ExternalLink className="size-3.5" aria-hidden />
          </a>
        )}
        {provider !== undefined && provider.fields.length > 0 && (
          <div className="grid items-start gap-4 sm:grid-cols-2">
            {asksSecret(provider.keyForm, typed) && <PairFields typed={typed} set={set} />}
            <ProviderFields fields={provider.fields} typed={typed} set={set} fault={atItsField(refusal) ? refusal : undefined} />
          </div>
        )}
        {provider !== undefined && <MoreSettings provider={provider} typed={typed} set={set} fault={refusal} />}
        {refusal !== undefined && (
          <Refused refusal={refusal} provider={provider} busy={create.isPending} again={() => create.mutate(true)} />
        )}
      </form>
    </section>
  );
}

/** What is wrong with the form itself is said at its field; what a test found out is said below, with the way on. */
const atItsField = (refusal: Refusal | undefined): boolean => refusal?.untestedMaySave === false;
const faultAt = (refusal: Refusal | undefined, field: string): string | undefined =>
  atItsField(refusal) && refusal?.field === field ? refusal.message : undefined;

function Refused({
  refusal,
  provider,
  busy,
  again,
}: {
  refusal: Refusal;
  provider: ProviderResource | undefined;
  busy: boolean;
  again: () => void;
}) {
  const isShown = refusal.field !== undefined && shownParts(provider).includes(refusal.field);
  if (!atItsField(refusal) || !isShown) return <RefusalNote refusal={refusal} busy={busy} onSaveAnyway={again} />;
  return (
    <p role="alert" className="sr-only">
      {refusal.message}
    </p>
  );
}

type Words = ReturnType<typeof useTranslation<'connections'>>['t'];

function hintOf(guess: string, picked: string, provider: ProviderResource | undefined, t: Words): string | undefined {
  if (picked !== '') return undefined;
  if (guess === 'one' && provider !== undefined) return t('add.looksLike', { provider: provider.title });
  if (guess === 'several') return t('add.several');
  return guess === 'unknown' ? t('add.unknown') : undefined;
}

/** Those that the key may be from come first. */
function orderOf(providers: readonly ProviderResource[], guess: ReturnType<typeof guessProvider>): readonly ProviderResource[] {
  if (guess.kind !== 'several') return providers;
  const likely = (id: string): number => (guess.providers.includes(id) ? 0 : 1);
  return providers.toSorted((a, b) => likely(a.id) - likely(b.id));
}

interface MoreProps {
  provider: ProviderResource;
  typed: Typed;
  set: (change: Partial<Typed>) => void;
  fault: Refusal | undefined;
}

/** What most people leave alone; open where the provider needs it. */
function MoreSettings({ provider, typed, set, fault }: MoreProps) {
  const { t } = useTranslation('connections');
  const own = shownParts(provider);
  const isCloud = provider.fields.length > 0;
  const open = (provider.needsBaseUrl && !isCloud) || (fault?.field !== undefined && !own.includes(fault.field));
  return (
    <details key={String(open)} open={open} className="text-body">
      <summary className="w-fit rounded-chip text-ink2 hover:text-ink">{t('add.more')}</summary>
      <div className="mt-3 grid items-start gap-4 sm:grid-cols-2">
        {!own.includes('baseUrl') && (
          <Field label={t('add.address')} help={t(isCloud ? 'add.cloudAddressHelp' : 'add.addressHelp')} error={faultAt(fault, 'baseUrl')}>
            <TextInput
              value={typed.baseUrl}
              placeholder={provider.baseUrl ?? (isCloud ? '' : 'http://127.0.0.1:8000/v1')}
              spellCheck={false}
              onChange={(event) => set({ baseUrl: event.currentTarget.value })}
            />
          </Field>
        )}
        {!own.includes('model') && (
          <Field label={t('add.model')} help={t('add.modelHelp')}>
            <TextInput value={typed.model} spellCheck={false} onChange={(event) => set({ model: event.currentTarget.value })} />
          </Field>
        )}
        <Field label={t('add.name')} help={t('add.nameHelp')}>
          <TextInput value={typed.title} placeholder={provider.title} onChange={(event) => set({ title: event.currentTarget.value })} />
        </Field>
        <UsableByField value={typed.usableBy} onChange={(usableBy) => set({ usableBy })} />
      </div>
    </details>
  );
}
