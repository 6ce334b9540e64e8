import type { Locale } from '@patchbay/flow';
import type { TemplateResource } from '@patchbay/services/resources';
import { LoaderCircle } from 'lucide-react';
import { useTranslation } from 'react-i18next';
import { TaskIcon } from './task-icon.tsx';

export interface TaskCardProps {
  template: TemplateResource;
  locale: Locale;
  busy: boolean;
  onPick: () => void;
}

/** One task: what it does, and an example of what goes in and what comes out. The whole card is one button. */
export function TaskCard({ template, locale, busy, onPick }: TaskCardProps) {
  const { t } = useTranslation('home');
  const { input, output } = template.sample;
  return (
    <button
      type="button"
      onClick={onPick}
      disabled={busy}
      className="group row-span-3 mb-4 grid w-full grid-rows-subgrid gap-y-3 rounded-card border bg-surface p-4 text-left shadow-e1 transition-colors hover:border-line-strong focus-visible:outline-offset-2 disabled:opacity-60"
    >
      <span className="flex items-center gap-3">
        <span className="flex size-8 shrink-0 items-center justify-center rounded-field bg-sunken text-ink2 group-hover:text-accent">
          {busy ? <LoaderCircle className="size-4 animate-spin" aria-hidden /> : <TaskIcon name={template.icon} />}
        </span>
        <span className="text-title font-semibold">{template.name[locale]}</span>
      </span>
      <span className="text-body text-ink2 text-pretty">{template.summary[locale]}</span>
      <span className="grid content-start grid-cols-[auto_1fr] gap-x-3 gap-y-1 border-t pt-3 text-port">
        <span className="text-ink3">{t('input')}</span>
        <span className="line-clamp-2 text-ink2">{input[locale]}</span>
        <span className="text-ink3">{t('output')}</span>
        <span className="line-clamp-2 text-ink">{output[locale]}</span>
      </span>
    </button>
  );
}
