import { ChevronRight } from 'lucide-react';
import { type ReactNode, useId, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { join } from '../../ui/join.ts';

/** Fields that are seldom needed, folded away; open by itself where something in them is wrong. */
export function MoreFields({ open: must = false, children }: { open?: boolean; children: ReactNode }) {
  const { t } = useTranslation('inspector');
  const [chosen, setChosen] = useState(false);
  const open = chosen || must;
  const body = useId();
  return (
    <div className="flex min-w-0 flex-col gap-3">
      <button
        type="button"
        aria-expanded={open}
        aria-controls={body}
        className="-ml-1 flex h-7 items-center gap-1 self-start rounded-chip pr-2 text-port text-ink2 hover:text-ink"
        onClick={() => setChosen(!open)}
      >
        <ChevronRight className={join('size-3.5 transition-transform', open && 'rotate-90')} aria-hidden />
        {t('more')}
      </button>
      <div id={body} hidden={!open} className="flex min-w-0 flex-col gap-4">
        {open && children}
      </div>
    </div>
  );
}
