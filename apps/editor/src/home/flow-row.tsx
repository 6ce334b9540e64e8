import type { FlowSummary } from '@patchbay/services/resources';
import { useMutation, useQueryClient } from '@tanstack/react-query';
import { Link } from '@tanstack/react-router';
import { Ellipsis, Trash2 } from 'lucide-react';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { deleteFlow } from '../api/flows.ts';
import { flowsQuery } from '../api/queries.ts';
import { sentenceOf } from '../api/sentence.ts';
import { useLocale } from '../i18n/index.ts';
import { StatusMark } from '../run/status-mark.tsx';
import { Badge, SimulatedBadge } from '../ui/badge.tsx';
import { Button } from '../ui/button.tsx';
import { Dialog } from '../ui/dialog.tsx';
import { formatAgo, formatNumber } from '../ui/format.ts';
import { IconButton } from '../ui/icon-button.tsx';
import { Menu, MenuItem } from '../ui/menu.tsx';
import { toast } from '../ui/toast.tsx';

export function FlowRow({ flow }: { flow: FlowSummary }) {
  const { t } = useTranslation('home');
  const locale = useLocale();
  const { lastRun } = flow;
  return (
    <tr className="border-b transition-colors last:border-0 hover:bg-canvas">
      <td className="max-w-[320px] px-4 py-2">
        <Link to="/flows/$id" params={{ id: flow.id }} className="block truncate rounded-chip font-medium text-ink hover:text-accent">
          {flow.name}
        </Link>
        <span className="text-port text-ink3">{t('steps', { count: flow.nodeCount })}</span>
      </td>
      <td className="px-4 py-2 whitespace-nowrap text-ink2">
        {lastRun === null ? (
          <span className="text-ink3">{t('neverRun')}</span>
        ) : (
          <Link to="/runs/$id" params={{ id: lastRun.id }} className="inline-flex items-center gap-2 rounded-chip hover:text-ink">
            <StatusMark status={lastRun.status} />
            <span className="text-ink3">{formatAgo(lastRun.at, locale)}</span>
            {lastRun.simulated && <SimulatedBadge />}
          </Link>
        )}
      </td>
      <td className="px-4 py-2 whitespace-nowrap">
        {flow.publishedVersion === null ? (
          <span className="text-ink3">{t('notPublished')}</span>
        ) : (
          <span className="inline-flex items-center gap-2">
            <code className="text-port text-ink2">{flow.slug}</code>
            <Badge look="ok">v{flow.publishedVersion}</Badge>
          </span>
        )}
      </td>
      <td className="figures px-4 py-2 text-right text-port text-ink2">{formatNumber(flow.calls24h, locale)}</td>
      <td className="px-4 py-2 whitespace-nowrap text-ink3 max-lg:hidden">{formatAgo(flow.updatedAt, locale)}</td>
      <td className="py-1 pr-2 text-right">
        <RowMenu flow={flow} />
      </td>
    </tr>
  );
}

function RowMenu({ flow }: { flow: FlowSummary }) {
  const { t } = useTranslation(['home', 'app']);
  const [asking, setAsking] = useState(false);
  const queries = useQueryClient();
  const remove = useMutation({
    mutationFn: () => deleteFlow(flow.id),
    onSuccess: async () => {
      setAsking(false);
      await queries.invalidateQueries({ queryKey: flowsQuery.queryKey });
      toast(t('deleted', { name: flow.name }));
    },
    onError: (error) => toast(sentenceOf(error), { look: 'bad' }),
  });
  return (
    <>
      <Menu trigger={<IconButton label={t('actionsFor', { name: flow.name })} icon={<Ellipsis />} />}>
        <MenuItem icon={<Trash2 />} danger onClick={() => setAsking(true)}>
          {t('app:delete')}
        </MenuItem>
      </Menu>
      <Dialog
        open={asking}
        onClose={() => setAsking(false)}
        title={t('deleteTitle', { name: flow.name })}
        description={t('deleteText')}
        footer={
          <>
            <Button onClick={() => setAsking(false)}>{t('app:cancel')}</Button>
            <Button look="danger" busy={remove.isPending} onClick={() => remove.mutate()}>
              {t('app:delete')}
            </Button>
          </>
        }
      />
    </>
  );
}
