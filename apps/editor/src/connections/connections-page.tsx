import './words.ts';
import type { CredentialList, ProviderResource } from '@patchbay/services/resources';
import { useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { credentialsQuery, providersQuery } from '../api/credential-queries.ts';
import { sentenceOf } from '../api/sentence.ts';
import { Page } from '../app/page.tsx';
import { useLocale } from '../i18n/index.ts';
import { Button } from '../ui/button.tsx';
import { Skeleton } from '../ui/skeleton.tsx';
import { AddConnection } from './add-connection.tsx';
import { ConnectionCard } from './connection-card.tsx';
import { DemoCard, EnvironmentCard, OllamaCard } from './given-cards.tsx';
import { SecretList } from './secret-list.tsx';

/** Whom flows may ask, and with which right. */
export function ConnectionsPage() {
  const { t } = useTranslation(['connections', 'app']);
  const list = useQuery(credentialsQuery);
  const providers = useQuery(providersQuery(useLocale()));
  const [fresh, setFresh] = useState<string>();
  const error = list.error ?? providers.error;
  return (
    <Page title={t('title')} text={t('text')}>
      {error !== null && (
        <div role="alert" className="flex items-center gap-4 rounded-card border bg-surface p-4">
          <p className="flex-1">
            <span className="font-medium">{t('failed')}</span> <span className="text-ink2">{sentenceOf(error)}</span>
          </p>
          <Button onClick={() => void Promise.all([list.refetch(), providers.refetch()])}>{t('app:retry')}</Button>
        </div>
      )}
      {error === null && (list.data === undefined || providers.data === undefined) && <Loading label={t('app:loading')} />}
      {list.data !== undefined && providers.data !== undefined && (
        <>
          <AddConnection providers={providers.data.providers} onAdded={({ id }) => setFresh(id)} />
          <Models list={list.data} providers={providers.data.providers} fresh={fresh} />
          <SecretList secrets={list.data.credentials.filter(({ kind }) => kind === 'secret')} />
        </>
      )}
    </Page>
  );
}

interface ModelsProps {
  list: CredentialList;
  providers: readonly ProviderResource[];
  fresh: string | undefined;
}

function Models({ list: { credentials, environment, defaultModel }, providers, fresh }: ModelsProps) {
  const { t } = useTranslation('connections');
  const connections = credentials.filter(({ kind }) => kind === 'provider');
  const ollama = providers.find(({ id }) => id === 'ollama');
  const hasOllama = connections.some(({ provider }) => provider === 'ollama');
  const demoIsAuto = ![...connections, ...environment].some(({ isAuto }) => isAuto);
  return (
    <section aria-label={t('models')} className="flex flex-col gap-4">
      <h2 className="text-title font-semibold">{t('models')}</h2>
      <div className="grid items-start gap-4 md:grid-cols-2">
        {connections.map((credential) => (
          <ConnectionCard key={credential.id} credential={credential} defaultModel={defaultModel} fresh={credential.id === fresh} />
        ))}
        {environment.map((connection) => (
          <EnvironmentCard
            key={connection.name}
            connection={connection}
            title={providers.find(({ id }) => id === connection.name)?.title ?? connection.name}
          />
        ))}
        {ollama !== undefined && !hasOllama && <OllamaCard provider={ollama} />}
        <DemoCard isAuto={demoIsAuto} />
      </div>
    </section>
  );
}

function Loading({ label }: { label: string }) {
  return (
    <div role="status" aria-label={label} className="flex flex-col gap-6">
      <Skeleton className="h-36 rounded-card" />
      <div className="grid gap-4 md:grid-cols-2">
        {['a', 'b'].map((key) => (
          <Skeleton key={key} className="h-32 rounded-card" />
        ))}
      </div>
    </div>
  );
}
