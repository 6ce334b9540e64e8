import type { FlowSummary } from '@patchbay/services/resources';
import { Link } from '@tanstack/react-router';
import { Ellipsis, Trash2 } from 'lucide-react';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useLocale } from '../i18n/index.ts';
import { StatusMark } from '../run/status-mark.tsx';
import { Badge, SimulatedBadge } from '../ui/badge.tsx';
import { formatAgo, formatNumber } from '../ui/format.ts';
import { IconButton } from '../ui/icon-button.tsx';
import { LaterMenu } from '../ui/later-menu.tsx';
import { lazyPart } from '../ui/lazy-part.tsx';

const DeleteFlow = lazyPart(async () => (await import('./delete-flow.tsx')).DeleteFlow);

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
  return (
    <>
      <LaterMenu
        trigger={<IconButton label={t('actionsFor', { name: flow.name })} icon={<Ellipsis />} />}
        items={[{ key: 'delete', icon: <Trash2 />, danger: true, onClick: () => setAsking(true), children: t('app:delete') }]}
      />
      {asking && <DeleteFlow flow={flow} onClose={() => setAsking(false)} />}
    </>
  );
}
