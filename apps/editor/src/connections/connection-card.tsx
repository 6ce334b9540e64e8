import type { CredentialResource } from '@patchbay/services/resources';
import { useMutation } from '@tanstack/react-query';
import { Star, StarOff } from 'lucide-react';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { setDefaultModel, testCredential } from '../api/credentials.ts';
import { sentenceOf } from '../api/sentence.ts';
import { useLocale } from '../i18n/index.ts';
import { Badge } from '../ui/badge.tsx';
import { Button } from '../ui/button.tsx';
import { formatAgo } from '../ui/format.ts';
import { MenuItem } from '../ui/menu.tsx';
import { toast } from '../ui/toast.tsx';
import { CardFrame } from './card-frame.tsx';
import { CredentialMenu } from './credential-menu.tsx';
import { ManagersBadge } from './managers-badge.tsx';
import { TryIt } from './try-it.tsx';
import { useRefresh } from './use-refresh.ts';
import { UsedBy } from './used-by.tsx';

export interface ConnectionCardProps {
  credential: CredentialResource;
  defaultModel: string | null;
  /** It was made a moment ago: the example is open. */
  fresh: boolean;
}

export function ConnectionCard({ credential, defaultModel, fresh }: ConnectionCardProps) {
  const { t } = useTranslation('connections');
  const refresh = useRefresh();
  const [trying, setTrying] = useState(fresh);
  const test = useMutation({
    mutationFn: () => testCredential(credential.id),
    onSuccess: async (result) => {
      if (result.ok) toast(t('card.testedOk', { title: credential.title }), { look: 'ok' });
      await refresh();
    },
    onError: (error) => toast(sentenceOf(error), { look: 'bad' }),
  });
  return (
    <CardFrame
      title={credential.title}
      name={credential.name}
      marks={<Marks credential={credential} />}
      menu={<CardMenu credential={credential} defaultModel={defaultModel} />}
    >
      <Facts credential={credential} />
      <UsedBy uses={credential.usedBy} />
      <div className="flex flex-1 items-end gap-2">
        <Button size="small" aria-expanded={trying} onClick={() => setTrying(!trying)}>
          {t('card.tryIt')}
        </Button>
        <Button size="small" busy={test.isPending} onClick={() => test.mutate()}>
          {test.isPending ? t('add.testing') : t('card.test')}
        </Button>
      </div>
      {trying && <TryIt credential={credential} />}
    </CardFrame>
  );
}

function Marks({ credential: { lastTest, isAuto, usableBy } }: { credential: CredentialResource }) {
  const { t } = useTranslation('connections');
  return (
    <>
      {isAuto && (
        <Badge look="accent" title={t('card.automaticHelp')}>
          {t('card.automatic')}
        </Badge>
      )}
      {usableBy === 'managers' && <ManagersBadge />}
      {lastTest === null && <Badge>{t('card.untested')}</Badge>}
      {lastTest?.ok === true && <Badge look="ok">{t('card.works')}</Badge>}
      {lastTest?.ok === false && <Badge look="bad">{t('card.fails')}</Badge>}
    </>
  );
}

/** What is known of it: the end of its key, where it leads, its models, its last test. */
function Facts({ credential }: { credential: CredentialResource }) {
  const { t } = useTranslation('connections');
  const locale = useLocale();
  const { lastTest, hint, baseUrl, region, model, changedAt } = credential;
  const places = [baseUrl, region, model].filter((place) => place !== null);
  const facts = [
    ...(lastTest?.ok === true && lastTest.models > 0 ? [t('card.models', { count: lastTest.models })] : []),
    lastTest === null ? t('card.keySet', { ago: formatAgo(changedAt, locale) }) : t('card.tested', { ago: formatAgo(lastTest.at, locale) }),
  ];
  return (
    <div className="flex min-w-0 flex-col gap-1">
      <p className="flex flex-wrap items-baseline gap-x-3 text-ink2">
        {hint !== null && <code className="text-port">{hint}</code>}
        {facts.map((fact) => (
          <span key={fact}>{fact}</span>
        ))}
      </p>
      {places.length > 0 && (
        <p className="flex flex-wrap gap-x-3 text-port text-ink3">
          {places.map((place) => (
            <code key={place} className="break-all">
              {place}
            </code>
          ))}
        </p>
      )}
      {lastTest?.ok === false && (
        <p className="text-bad text-pretty">
          {lastTest.error.message} {lastTest.error.fix}
        </p>
      )}
    </div>
  );
}

function CardMenu({ credential, defaultModel }: Omit<ConnectionCardProps, 'fresh'>) {
  const { t } = useTranslation('connections');
  const refresh = useRefresh();
  const choose = useMutation({
    mutationFn: setDefaultModel,
    onSuccess: refresh,
    onError: (error) => toast(sentenceOf(error), { look: 'bad' }),
  });
  return (
    <CredentialMenu credential={credential} className="-mt-1.5 -mr-1.5">
      {credential.isAuto && defaultModel !== null && (
        <MenuItem icon={<StarOff />} onClick={() => choose.mutate(null)}>
          {t('card.resetAutomatic')}
        </MenuItem>
      )}
      {!credential.isAuto && (
        <MenuItem icon={<Star />} onClick={() => choose.mutate(credential.name)}>
          {t('card.makeAutomatic')}
        </MenuItem>
      )}
    </CredentialMenu>
  );
}
