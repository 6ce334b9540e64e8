import { Toast as Base } from '@base-ui/react/toast';
import { X } from 'lucide-react';
import type { ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import { join } from './join.ts';

const manager = Base.createToastManager<{ look: ToastLook }>();
type ToastLook = 'plain' | 'ok' | 'bad';

export interface ToastOptions {
  look?: ToastLook;
  /** One button, as "Undo". */
  action?: { label: string; onClick: () => void };
  /** Milliseconds; 0 stays until closed. */
  timeout?: number;
}

/** Says something in the one lane at the bottom left; screen readers hear it too. */
export function toast(text: string, { look = 'plain', action, timeout = 5_000 }: ToastOptions = {}): void {
  const id = manager.add({
    title: text,
    timeout,
    priority: look === 'bad' ? 'high' : 'low',
    data: { look },
    ...(action === undefined
      ? {}
      : {
          actionProps: {
            children: action.label,
            onClick: () => {
              action.onClick();
              manager.close(id);
            },
          },
        }),
  });
}

export function ToastLane({ children }: { children: ReactNode }) {
  return (
    <Base.Provider toastManager={manager} limit={3}>
      {children}
      <Base.Portal>
        <Base.Viewport className="fixed bottom-4 left-4 z-50 flex w-[min(400px,calc(100vw-32px))] flex-col gap-2 sm:left-[72px]">
          <Toasts />
        </Base.Viewport>
      </Base.Portal>
    </Base.Provider>
  );
}

const bars: Record<ToastLook, string> = { plain: 'bg-line-strong', ok: 'bg-ok', bad: 'bg-bad' };

function Toasts() {
  const { toasts } = Base.useToastManager<{ look: ToastLook }>();
  const { t } = useTranslation('app');
  return toasts.map((item) => (
    <Base.Root key={item.id} toast={item} swipeDirection="left" className="floating relative overflow-hidden text-ink">
      <span aria-hidden className={join('absolute inset-y-0 left-0 w-1', bars[item.data?.look ?? 'plain'])} />
      <Base.Content className="flex items-center gap-3 py-2 pr-2 pl-4">
        <Base.Title className="min-w-0 flex-1 text-body break-words" />
        {item.actionProps !== undefined && (
          <Base.Action className="h-7 shrink-0 rounded-chip px-2 text-body font-medium text-accent hover:bg-sunken" />
        )}
        <Base.Close
          aria-label={t('close')}
          className="flex size-7 shrink-0 items-center justify-center rounded-chip text-ink3 hover:bg-sunken hover:text-ink"
        >
          <X className="size-4" aria-hidden />
        </Base.Close>
      </Base.Content>
    </Base.Root>
  ));
}
