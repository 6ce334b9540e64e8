import { X } from 'lucide-react';
import { useEffect } from 'react';
import { useTranslation } from 'react-i18next';
import { useStore } from 'zustand';
import { createStore } from 'zustand/vanilla';
import { join } from './join.ts';

type ToastLook = 'plain' | 'ok' | 'bad';

export interface ToastOptions {
  look?: ToastLook;
  /** One button, as "Undo". */
  action?: { label: string; onClick: () => void };
  /** Milliseconds; 0 stays until closed. */
  timeout?: number;
}

interface Toast extends Required<Pick<ToastOptions, 'look' | 'timeout'>> {
  id: number;
  text: string;
  action: ToastOptions['action'];
}

const shownAtOnce = 3;
const lane = createStore<{ toasts: readonly Toast[]; last: number }>(() => ({ toasts: [], last: 0 }));

const close = (id: number): void => lane.setState(({ toasts }) => ({ toasts: toasts.filter((item) => item.id !== id) }));

/** Says something in the one lane at the bottom left; screen readers hear it too. The oldest gives way. */
export function toast(text: string, { look = 'plain', action, timeout = 5_000 }: ToastOptions = {}): void {
  lane.setState(({ toasts, last }) => ({
    toasts: [...toasts, { id: last + 1, text, look, action, timeout }].slice(-shownAtOnce),
    last: last + 1,
  }));
}

/** The place where toasts are shown. It is always in the page, since a live region must be there before it speaks. */
export function ToastLane() {
  const toasts = useStore(lane, (state) => state.toasts);
  return (
    <div
      role="status"
      aria-live="polite"
      className="pointer-events-none fixed bottom-(--toast-bottom) left-[72px] z-50 flex w-[min(400px,calc(100vw-88px))] flex-col gap-2"
    >
      {toasts.map((item) => (
        <ToastCard key={item.id} item={item} />
      ))}
    </div>
  );
}

const bars: Record<ToastLook, string> = { plain: 'bg-line-strong', ok: 'bg-ok', bad: 'bg-bad' };

function ToastCard({ item }: { item: Toast }) {
  const { t } = useTranslation('app');
  useEffect(() => {
    if (item.timeout === 0) return;
    const timer = setTimeout(() => close(item.id), item.timeout);
    return () => clearTimeout(timer);
  }, [item]);
  return (
    <div className="floating pointer-events-auto relative flex items-center gap-3 overflow-hidden py-2 pr-2 pl-4 text-ink">
      <span aria-hidden className={join('absolute inset-y-0 left-0 w-1', bars[item.look])} />
      <p className="min-w-0 flex-1 text-body break-words">{item.text}</p>
      {item.action !== undefined && (
        <button
          type="button"
          className="h-7 shrink-0 rounded-chip px-2 text-body font-medium text-accent hover:bg-sunken"
          onClick={() => {
            item.action?.onClick();
            close(item.id);
          }}
        >
          {item.action.label}
        </button>
      )}
      <button
        type="button"
        aria-label={t('close')}
        className="flex size-7 shrink-0 items-center justify-center rounded-chip text-ink3 hover:bg-sunken hover:text-ink"
        onClick={() => close(item.id)}
      >
        <X className="size-4" aria-hidden />
      </button>
    </div>
  );
}
