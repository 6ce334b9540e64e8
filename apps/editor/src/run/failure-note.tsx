import { CircleAlert } from 'lucide-react';
import { useTranslation } from 'react-i18next';
import { Button } from '../ui/button.tsx';

export interface FailureNoteProps {
  title?: string | undefined;
  message: string;
  fix?: string | undefined;
  /** The step it happened in, with a way to it. */
  step?: string | undefined;
  onShow?: (() => void) | undefined;
  /** The right to use a provider is what is missing: leads to where it is given. */
  connections?: boolean;
  /** What a developer would look up: class, reason, run. */
  details?: string | undefined;
}

/** What failed, why and what to do, in that order. */
export function FailureNote({ title, message, fix, step, onShow, connections = false, details }: FailureNoteProps) {
  const { t } = useTranslation('run');
  return (
    <div role="alert" className="flex gap-3 rounded-field border border-bad/40 bg-surface p-3 text-body">
      <CircleAlert className="mt-0.5 size-4 shrink-0 text-bad" aria-hidden />
      <div className="flex min-w-0 flex-1 flex-col gap-1">
        {title !== undefined && <p className="font-medium">{title}</p>}
        <p className="text-pretty break-words">{message}</p>
        {fix !== undefined && (
          <p className="text-ink2 text-pretty">
            {t('fix')}: {fix}
          </p>
        )}
        {details !== undefined && (
          <details className="text-port text-ink3">
            <summary className="w-fit rounded-chip hover:text-ink2">{t('details')}</summary>
            <code className="break-all">{details}</code>
          </details>
        )}
      </div>
      {connections && <Button size="small" nativeButton={false} render={<a href="/connections">{t('connections')}</a>} />}
      {step !== undefined && onShow !== undefined && (
        <Button size="small" onClick={onShow}>
          {t('showStep', { step })}
        </Button>
      )}
    </div>
  );
}
