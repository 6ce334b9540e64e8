import type { RunStatus, StepStatus } from '@patchbay/node-kit';
import { Check, Circle, CircleSlash, Clock, LoaderCircle, type LucideIcon, Square, TriangleAlert, X } from 'lucide-react';
import { useTranslation } from 'react-i18next';
import { join } from '../ui/join.ts';

type Status = RunStatus | StepStatus | 'streaming';

const looks: Record<Status, { icon: LucideIcon; ink: string; spins?: boolean }> = {
  queued: { icon: Circle, ink: 'text-ink3' },
  running: { icon: LoaderCircle, ink: 'text-accent', spins: true },
  streaming: { icon: LoaderCircle, ink: 'text-accent', spins: true },
  waiting: { icon: Clock, ink: 'text-accent' },
  succeeded: { icon: Check, ink: 'text-ok' },
  failed: { icon: X, ink: 'text-bad' },
  skipped: { icon: CircleSlash, ink: 'text-ink3' },
  cancelled: { icon: Square, ink: 'text-ink2' },
  interrupted: { icon: TriangleAlert, ink: 'text-warn' },
};

/** A state as glyph and word; never by colour alone. */
export function StatusMark({ status, className }: { status: Status; className?: string }) {
  const { t } = useTranslation('run');
  const { icon: Icon, ink, spins } = looks[status];
  return (
    <span className={join('inline-flex items-baseline gap-1 font-medium whitespace-nowrap [&>svg]:self-center', ink, className)}>
      <Icon size={14} strokeWidth={2.25} className={spins === true ? 'animate-spin' : ''} aria-hidden />
      {t(`status.${status}`)}
    </span>
  );
}
