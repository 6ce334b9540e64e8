import { Dialog as Base } from '@base-ui/react/dialog';
import { X } from 'lucide-react';
import type { ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import { IconButton } from './icon-button.tsx';
import { join } from './join.ts';

export interface DialogProps {
  open: boolean;
  onClose: () => void;
  title: string;
  /** One sentence under the title. */
  description?: string;
  wide?: boolean;
  footer?: ReactNode;
  children?: ReactNode;
}

/** A window over the page: focus stays inside, Escape closes, focus returns to where it was. */
export function Dialog({ open, onClose, title, description, wide = false, footer, children }: DialogProps) {
  const { t } = useTranslation('app');
  return (
    <Base.Root open={open} onOpenChange={(next) => !next && onClose()}>
      <Base.Portal>
        <Base.Backdrop className="fixed inset-0 z-40 bg-[rgb(0_0_0/0.36)] transition-opacity data-ending-style:opacity-0 data-starting-style:opacity-0" />
        <Base.Popup
          className={join(
            'floating fixed top-1/2 left-1/2 z-40 flex max-h-[calc(100dvh-32px)] w-[calc(100vw-32px)] -translate-x-1/2 -translate-y-1/2 flex-col rounded-sheet',
            wide ? 'max-w-[720px]' : 'max-w-[480px]',
          )}
        >
          <header className="px-6 pt-6 pb-4">
            <div className="pr-8">
              <Base.Title className="text-page font-semibold text-balance">{title}</Base.Title>
              {description !== undefined && <Base.Description className="mt-1 text-body text-ink2">{description}</Base.Description>}
            </div>
          </header>
          <div className="scroll min-h-0 flex-1 px-6 pb-6">{children}</div>
          {footer !== undefined && <footer className="flex justify-end gap-2 border-t px-6 py-4">{footer}</footer>}
          {/* Last, so that focus begins in what the window is about. */}
          <Base.Close render={<IconButton label={t('close')} icon={<X />} className="absolute top-5 right-4" />} />
        </Base.Popup>
      </Base.Portal>
    </Base.Root>
  );
}
