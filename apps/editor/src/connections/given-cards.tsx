import type { EnvironmentConnection, ProviderResource } from '@patchbay/services/resources';
import { useMutation } from '@tanstack/react-query';
import { Search } from 'lucide-react';
import { useTranslation } from 'react-i18next';
import { createCredential, findOllama } from '../api/credentials.ts';
import { sentenceOf } from '../api/sentence.ts';
import { Badge, SimulatedBadge } from '../ui/badge.tsx';
import { Button } from '../ui/button.tsx';
import { CardFrame } from './card-frame.tsx';
import { useRefresh } from './use-refresh.ts';

/** A connection that the server was started with. */
export function EnvironmentCard({ connection, title }: { connection: EnvironmentConnection; title: string }) {
  const { t } = useTranslation('connections');
  return (
    <CardFrame
      given
      title={title}
      name={connection.name}
      marks={
        <>
          {connection.isAuto && <AutomaticBadge />}
          <Badge>{t('card.environment')}</Badge>
        </>
      }
    >
      <p className="text-ink2">{t('card.environmentText')}</p>
      <p className="flex flex-wrap gap-x-3 text-port text-ink3">
        <code className="break-all">{connection.baseUrl}</code>
        {connection.model !== null && <code className="break-all">{connection.model}</code>}
      </p>
    </CardFrame>
  );
}

/** What answers while nothing else is connected. */
export function DemoCard({ isAuto }: { isAuto: boolean }) {
  const { t } = useTranslation('connections');
  return (
    <CardFrame
      given
      title={t('card.demo')}
      name="demo"
      marks={
        <>
          {isAuto && <AutomaticBadge />}
          <SimulatedBadge />
        </>
      }
    >
      <p className="text-ink2 text-pretty">{t('card.simulatedText')}</p>
    </CardFrame>
  );
}

function AutomaticBadge() {
  const { t } = useTranslation('connections');
  return (
    <Badge look="accent" title={t('card.automaticHelp')}>
      {t('card.automatic')}
    </Badge>
  );
}

/** Looks for models on this machine when asked to, and never uses them unasked. */
export function OllamaCard({ provider }: { provider: ProviderResource }) {
  const { t } = useTranslation('connections');
  const refresh = useRefresh();
  const look = useMutation({ mutationFn: () => findOllama() });
  const use = useMutation({
    mutationFn: () => createCredential({ kind: 'provider', provider: provider.id }),
    onSuccess: refresh,
  });
  const found = look.data?.found === true ? look.data : undefined;
  const error = look.error ?? use.error;
  return (
    <CardFrame given title={t('ollama.title')} name="ollama">
      <p className="text-ink2">{t('ollama.text')}</p>
      <div role="status" className="text-pretty empty:hidden">
        {found !== undefined && t('ollama.found', { count: found.models.length })}
        {look.data?.found === false && <span className="text-ink2">{t('ollama.missing')}</span>}
      </div>
      {error !== null && (
        <p role="alert" className="text-bad">
          {sentenceOf(error)}
        </p>
      )}
      <div className="flex gap-2">
        {found !== undefined ? (
          <Button size="small" look="primary" busy={use.isPending} onClick={() => use.mutate()}>
            {t('ollama.use')}
          </Button>
        ) : (
          <Button size="small" icon={<Search />} busy={look.isPending} onClick={() => look.mutate()}>
            {t('ollama.look')}
          </Button>
        )}
      </div>
    </CardFrame>
  );
}
