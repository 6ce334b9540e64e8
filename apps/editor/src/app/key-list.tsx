import type { KeyResource } from '@patchbay/services/resources';
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { keysQuery } from '../api/queries.ts';
import { sentenceOf } from '../api/sentence.ts';
import { revokeKey } from '../api/workspace.ts';
import { useLocale } from '../i18n/index.ts';
import { Badge } from '../ui/badge.tsx';
import { Button } from '../ui/button.tsx';
import { Dialog } from '../ui/dialog.tsx';
import { formatAgo } from '../ui/format.ts';
import { toast } from '../ui/toast.tsx';

export function KeyList() {
  const { t } = useTranslation('app');
  const { data, error } = useQuery(keysQuery);
  const [asking, setAsking] = useState<KeyResource>();
  if (error !== null) return <p className="text-bad">{sentenceOf(error)}</p>;
  if (data === undefined) return <p className="text-ink3">{t('loading')}</p>;
  if (data.keys.length === 0) return <p className="text-ink2">{t('settings.keysNone')}</p>;
  return (
    <div className="scroll rounded-field border">
      <table className="w-full border-collapse text-body">
        <thead>
          <tr className="border-b text-left text-port text-ink3">
            {(['keyName', 'keyScopes', 'keyCreated', 'keyLastUsed'] as const).map((key) => (
              <th key={key} scope="col" className="px-3 py-2 font-medium">
                {t(`settings.${key}`)}
              </th>
            ))}
            <th scope="col">
              <span className="sr-only">{t('settings.keyRevoke')}</span>
            </th>
          </tr>
        </thead>
        <tbody>
          {data.keys.map((item) => (
            <KeyRow key={item.id} item={item} onRevoke={() => setAsking(item)} />
          ))}
        </tbody>
      </table>
      {asking !== undefined && <RevokeDialog item={asking} onClose={() => setAsking(undefined)} />}
    </div>
  );
}

function KeyRow({ item, onRevoke }: { item: KeyResource; onRevoke: () => void }) {
  const { t } = useTranslation('app');
  const locale = useLocale();
  return (
    <tr className="border-b last:border-0">
      <td className="px-3 py-2">
        <span className="block font-medium">{item.name}</span>
        <code className="text-port text-ink3">{item.hint}</code>
      </td>
      <td className="px-3 py-2 text-ink2">
        {item.scopes.map((scope) => t(`settings.scope.${scope}`)).join(', ')}
        {item.flows !== undefined && <code className="block text-port text-ink3">{item.flows.join(', ')}</code>}
      </td>
      <td className="px-3 py-2 whitespace-nowrap text-ink3">{formatAgo(item.createdAt, locale)}</td>
      <td className="px-3 py-2 whitespace-nowrap text-ink3">
        {item.lastUsedAt === null ? t('settings.keyNever') : formatAgo(item.lastUsedAt, locale)}
      </td>
      <td className="px-3 py-2 text-right">
        {item.revokedAt === null ? (
          <Button size="small" look="danger" onClick={onRevoke}>
            {t('settings.keyRevoke')}
          </Button>
        ) : (
          <Badge>{t('settings.keyRevoked')}</Badge>
        )}
      </td>
    </tr>
  );
}

function RevokeDialog({ item, onClose }: { item: KeyResource; onClose: () => void }) {
  const { t } = useTranslation('app');
  const queries = useQueryClient();
  const revoke = useMutation({
    mutationFn: () => revokeKey(item.id),
    onSuccess: async () => {
      onClose();
      await queries.invalidateQueries({ queryKey: keysQuery.queryKey });
    },
    onError: (error) => toast(sentenceOf(error), { look: 'bad' }),
  });
  return (
    <Dialog
      open
      onClose={onClose}
      title={t('settings.keyRevokeTitle', { name: item.name })}
      description={t('settings.keyRevokeText')}
      footer={
        <>
          <Button onClick={onClose}>{t('cancel')}</Button>
          <Button look="danger" busy={revoke.isPending} onClick={() => revoke.mutate()}>
            {t('settings.keyRevoke')}
          </Button>
        </>
      }
    />
  );
}
