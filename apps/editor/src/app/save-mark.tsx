import type { VersionResource } from '@patchbay/services/resources';
import { Check, CircleAlert, CloudOff, LoaderCircle, TriangleAlert } from 'lucide-react';
import type { ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import { useLocale } from '../i18n/index.ts';
import { useEditor } from '../store/context.tsx';
import { formatTime } from '../ui/format.ts';
import { useIsLive } from './use-is-live.ts';

/** Whether what is on screen is kept, and of which version it is the draft. */
export function SaveMark({ published }: { published: VersionResource | null }) {
  const { t } = useTranslation('app');
  const locale = useLocale();
  const save = useEditor((state) => state.save);
  const marks: Record<typeof save.kind, { icon: ReactNode; text: string; ink: string }> = {
    saved: {
      icon: <Check />,
      text: t('editor.saved', { time: save.kind === 'saved' ? formatTime(save.at, locale) : '' }),
      ink: 'text-ink3',
    },
    unsaved: { icon: <LoaderCircle className="opacity-0" />, text: t('editor.unsaved'), ink: 'text-ink3' },
    saving: { icon: <LoaderCircle className="animate-spin" />, text: t('editor.saving'), ink: 'text-ink3' },
    offline: { icon: <CloudOff />, text: t('editor.keptOffline'), ink: 'text-warn' },
    refused: { icon: <CircleAlert />, text: `${t('editor.refused')}: ${save.kind === 'refused' ? save.message : ''}`, ink: 'text-bad' },
    conflict: { icon: <TriangleAlert />, text: t('editor.conflict'), ink: 'text-warn' },
  };
  const { icon, text, ink } = marks[save.kind];
  return (
    <div role="status" className={`flex min-w-0 items-center gap-1 text-port [&_svg]:size-3.5 [&_svg]:shrink-0 ${ink}`}>
      {icon}
      <span className="truncate" title={text}>
        {text}
      </span>
      <VersionMark published={published} />
    </div>
  );
}

/** Whether callers get what is on screen: the live version, or a draft that differs from it. */
function VersionMark({ published }: { published: VersionResource | null }) {
  const { t } = useTranslation('app');
  const live = useIsLive(published);
  const mark = 'text-ink3 whitespace-nowrap max-md:hidden';
  if (published === null) return <span className={mark}>· {t('editor.draft')}</span>;
  const { version } = published;
  return (
    <span className={mark} title={live ? t('editor.isLiveHelp') : t('editor.draftOfHelp', { version })}>
      · {live ? t('editor.isLive', { version }) : t('editor.draftOf', { version })}
    </span>
  );
}
